// The job scripts on a real Slurm: a controller and two nodes of it on this machine, with configuration, ports, socket and key of their own.
#include "core/number.hpp"
#include "core/text.hpp"
#include "program.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <arpa/inet.h>
#include <chrono>
#include <functional>
#include <csignal>
#include <filesystem>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace entente {
namespace {

namespace fs = std::filesystem;

/// Ports that are free, each another one.
std::vector<int> free_ports(std::size_t n)
{
    std::vector<int> sockets, ports;
    for (std::size_t i = 0; i < n; ++i) {
        sockets.push_back(socket(AF_INET, SOCK_STREAM, 0));
        sockaddr_in at{};
        at.sin_family = AF_INET, at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at;
        if (bind(sockets.back(), reinterpret_cast<sockaddr*>(&at), size) == 0 && getsockname(sockets.back(), reinterpret_cast<sockaddr*>(&at), &size) == 0)
            ports.push_back(ntohs(at.sin_port));
    }
    for (const int s : sockets) close(s);
    return ports;
}

struct SlurmHere : ProgramTest {
    static constexpr const char* nodes[] = {"n1", "n2"};
    pid_t all = 0; ///< what holds the cluster: all of its processes are in a space of their own, and end with the first of them

    std::string home() const { return folder_.path.string(); }
    /// With Slurm's commands speaking to this cluster.
    entente::Ran here(const std::string& command) const { return shell(fmt::format("cd '{}' && export SLURM_CONF='{}' && {}", home(), path("slurm.conf"), command)); }
    bool waits_for(const std::function<bool()>& what, double seconds) const
    {
        const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
        while (!what()) {
            if (std::chrono::steady_clock::now() > end) return false;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return true;
    }
    void start()
    {
        std::string text = fmt::format(
            "munged --foreground --key-file={0}/key --socket={0}/munge.socket --pid-file={0}/munged.pid --log-file={0}/munged.log --seed-file={0}/munge.seed >munged.out 2>&1 &\n"
            "while [ ! -S munge.socket ]; do sleep 0.05; done\nSLURM_CONF={0}/slurm.conf slurmctld -D >slurmctld.log 2>&1 &\n",
            home());
        for (const std::string node : nodes) text += fmt::format("SLURM_CONF={0}/conf-{1}/slurm.conf slurmd -D -N {1} >slurmd-{1}.log 2>&1 &\n", home(), node);
        write_file(path("cluster.sh"), text + "wait\n");
        all = fork();
        if (all != 0) return;
        prctl(PR_SET_PDEATHSIG, SIGKILL); // nothing is left of it even if the test is killed
        if (chdir(home().c_str()) != 0 || freopen("/dev/null", "r", stdin) == nullptr || freopen("cluster.out", "w", stdout) == nullptr || dup2(1, 2) < 0) _exit(97);
        execlp("unshare", "unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "cluster.sh", static_cast<char*>(nullptr));
        _exit(98);
    }
    void configure(const std::vector<int>& ports) const
    {
        char host[256] = {};
        ASSERT_EQ(gethostname(host, sizeof host - 1), 0);
        std::string text = fmt::format(R"(ClusterName=entente
SlurmctldHost={0}(127.0.0.1)
SlurmctldPort={2}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={1}/munge.socket,cred_expire=5
StateSaveLocation={1}/state
SlurmdSpoolDir={1}/spool-%n
SlurmctldPidFile={1}/slurmctld.pid
SlurmdPidFile={1}/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
ReturnToService=2
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0,bf_interval=1
KillWait=2
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
)",
                                       host, home(), ports[0]);
        for (std::size_t n = 0; n < std::size(nodes); ++n)
            text += fmt::format("NodeName={} NodeHostname={} NodeAddr=127.0.0.1 Port={} CPUs=4 RealMemory=8192 State=UNKNOWN\n", nodes[n], host, ports[1 + n]);
        write_file(path("slurm.conf"), text);
        for (const std::string node : nodes) { // each keeps what ranks share in a place of its own
            fs::create_directories(path("conf-" + node)), fs::create_directories(path("tmp-" + node));
            write_file(path("conf-" + node + "/slurm.conf"), text);
            write_file(path("conf-" + node + "/mpi.conf"), fmt::format("PMIxCliTmpDirBase={}\n", path("tmp-" + node)));
        }
    }
    void SetUp() override
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        GTEST_SKIP() << "dozens of starts, each ten times as dear; what runs here runs in other tests too";
#endif
        for (const char* const program : {"slurmctld", "slurmd", "munged", "sbatch", "srun"})
            if (shell(std::string("command -v ") + program).code != 0)
                GTEST_SKIP() << "SKIPPED LOUDLY: no job was handed to Slurm, because there is no " << program << " on this machine (apt-get install slurm-wlm munge)";
        if (geteuid() != 0) GTEST_SKIP() << "SKIPPED LOUDLY: no job was handed to Slurm, because only root may start one here";
        fs::permissions(folder_.path, fs::perms::owner_all | fs::perms::group_exec | fs::perms::others_exec); // munged refuses a socket that nobody else reaches
        const std::vector<int> ports = free_ports(1 + std::size(nodes));
        ASSERT_EQ(ports.size(), 1 + std::size(nodes));
        configure(ports);
        fs::create_directories(path("state"));
        write_file(path("key"), std::string(128, 'k'));
        fs::permissions(path("key"), fs::perms::owner_read);
        start();
        int status = 0;
        if (!waits_for([&] { return here("sinfo -h -t idle -o %D").output == "2\n" || waitpid(all, &status, WNOHANG) == all; }, 60) || status != 0)
            GTEST_SKIP() << "SKIPPED LOUDLY: no job was handed to Slurm, because it does not start here:\n"
                         << here("tail -n 5 cluster.out munged.out slurmctld.log slurmd-*.log 2>&1").output;
    }
    void TearDown() override
    {
        if (all <= 0) return;
        const std::string first = shell(fmt::format("cat /proc/{0}/task/{0}/children 2>&1", all)).output; // ends when all others have
        kill(number_in<pid_t>(trim(first)).value_or(all), SIGKILL);
        int status = 0;
        if (!waits_for([&] { return waitpid(all, &status, WNOHANG) != 0; }, 10)) kill(all, SIGKILL), waitpid(all, &status, 0);
    }
    bool queue_empties(double seconds) const
    {
        return waits_for([&] { return here("squeue -h").output.empty(); }, seconds);
    }
    std::string logs() const { return here("head -n 60 jobs*/*.txt; squeue; tail -n 20 slurmctld.log").output; }
};

std::size_t parts_in(const std::string& folder)
{
    std::error_code ignored;
    std::size_t n = 0;
    for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) n += entry->path().extension() == ".part" ? 1 : 0;
    return n;
}

/// As soon as something of it is finished, a step of a job is told to stop, as --signal=TERM has it done before the time limit.
struct Cluster : SlurmHere {
    void stop(const std::string& job, const std::string& parts) const
    {
        ASSERT_TRUE(waits_for([&] { return parts_in(path(parts)) > 0; }, 120)) << logs();
        EXPECT_EQ(here("scancel --signal=TERM " + job).code, 0);
    }
    void expect_stopped_and_gone_on(const std::string& said) const
    {
        const std::string text = read_file(path(said));
        for (const char* const part : {"Interrupted after", "start 1: stopped in time; queues again"}) EXPECT_NE(text.find(part), std::string::npos) << text;
        EXPECT_EQ(text.find("start 2"), std::string::npos) << text;
    }
};

TEST_F(Cluster, JobsGoOnAndMakeWhatOneMachineMakes)
{
    const bool mpi = fs::exists(fs::path(PROGRAM).parent_path() / "entente-mpi");
    write_file(path("it's.toml"), "title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\nruns = 40\nagents = { firms = 8, banks = 4, elites = 8 }\n");
    const std::string of = "\"it's.toml\" --runs 30000 --set 'horizon = \"2027Q1\"' --drivers none --readings none";
    const Ran made = run(fmt::format("slurm {} --array --nodes 3 --cores 1 --time 5 --rate 10000 --result r.h5 --out jobs", of));
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_NE(made.out.find("sh jobs/submit.sh\n"), std::string::npos) << made.out;
    EXPECT_FALSE(fs::exists(path("jobs/mpi.sh")));
    const entente::Ran submitted = here("sh jobs/submit.sh");
    ASSERT_EQ(submitted.code, 0) << submitted.output;
    stop(split(submitted.output, ' ')[1] + "_2", "r.2-of-3.parts");
    if (mpi) {
        ASSERT_EQ(run(fmt::format("slurm {} --mpi --nodes 2 --cores 1 --time 5 --rate 10000 --result m.h5 --out jobs_mpi", of)).code, 0);
        EXPECT_FALSE(fs::exists(path("jobs_mpi/array.sh")));
        const entente::Ran job = here("cd jobs_mpi && sbatch --parsable mpi.sh"); // submit.sh would have the launcher look at the build
        ASSERT_EQ(job.code, 0) << job.output;
        stop(std::string(trim(split(job.output, '\n')[0])), "m.parts");
    }
    ASSERT_EQ(run(fmt::format("run {} --out whole.h5", of)).code, 0);
    ASSERT_TRUE(queue_empties(300)) << logs();
    EXPECT_EQ(run("diff whole.h5 r.h5").code, 0) << logs();
    expect_stopped_and_gone_on("jobs/array-2.txt");
    const std::string left_alone = read_file(path("jobs/array-3.txt"));
    EXPECT_EQ(left_alone.find("queues again"), std::string::npos) << left_alone;
    if (!mpi) GTEST_SKIP() << "SKIPPED LOUDLY: no job by MPI was handed to Slurm, because no program for it was built (apt-get install libopenmpi-dev openmpi-bin)";
    EXPECT_EQ(run("diff whole.h5 m.h5").code, 0) << logs();
    expect_stopped_and_gone_on("jobs_mpi/mpi.txt");
}

} // namespace
} // namespace entente
