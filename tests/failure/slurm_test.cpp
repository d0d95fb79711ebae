// The job scripts on a real Slurm: a controller and two nodes of it on this machine, with configuration, ports, socket and key of their own.
#include "core/text.hpp"
#include "program.hpp"
#include "shell.hpp"
#include "write_file.hpp"
#include <arpa/inet.h>
#include <chrono>
#include <functional>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
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

struct Cluster : ProgramTest {
    static constexpr const char* nodes[] = {"n1", "n2"};
    std::vector<pid_t> daemons;
    std::string why_not;

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
    void start(const std::vector<std::string>& words, const std::string& log, const std::string& conf)
    {
        const pid_t child = fork();
        if (child == 0) {
            setenv("SLURM_CONF", conf.c_str(), 1);
            if (freopen("/dev/null", "r", stdin) == nullptr || freopen(log.c_str(), "w", stdout) == nullptr || dup2(1, 2) < 0) _exit(97);
            std::vector<char*> argv;
            for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
            argv.push_back(nullptr);
            execvp(argv[0], argv.data());
            _exit(98);
        }
        daemons.push_back(child);
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
        start({"munged", "--foreground", "--key-file=" + path("key"), "--socket=" + path("munge.socket"), "--pid-file=" + path("munged.pid"), "--log-file=" + path("munged.log"),
               "--seed-file=" + path("munge.seed")},
              path("munged.out"), path("slurm.conf"));
        bool up = waits_for([&] { return fs::exists(path("munge.socket")); }, 5);
        if (up) {
            start({"slurmctld", "-D", "-f", path("slurm.conf")}, path("slurmctld.log"), path("slurm.conf"));
            for (const std::string node : nodes)
                start({"slurmd", "-D", "-N", node, "-f", path("conf-" + node + "/slurm.conf")}, path("slurmd-" + node + ".log"), path("conf-" + node + "/slurm.conf"));
            up = waits_for([&] { return here("sinfo -h -t idle -o %D").output == "2\n"; }, 20);
        }
        if (!up)
            GTEST_SKIP() << "SKIPPED LOUDLY: no job was handed to Slurm, because it does not start here:\n" << here("tail -n 5 munged.out slurmctld.log slurmd-*.log 2>&1").output;
    }
    void TearDown() override
    {
        if (daemons.size() > 1) here("scancel --user=root; for i in 1 2 3 4 5 6 7 8 9 10; do [ -n \"$(squeue -h)\" ] || break; sleep 0.2; done; scontrol shutdown");
        for (auto daemon = daemons.rbegin(); daemon != daemons.rend(); ++daemon) {
            int status = 0;
            if (!waits_for([&] { return waitpid(*daemon, &status, WNOHANG) == *daemon; }, *daemon == daemons.front() ? 0 : 5)) {
                kill(*daemon, SIGTERM);
                if (!waits_for([&] { return waitpid(*daemon, &status, WNOHANG) == *daemon; }, 5)) kill(*daemon, SIGKILL), waitpid(*daemon, &status, 0);
            }
        }
    }
    bool queue_empties(double seconds) const
    {
        return waits_for([&] { return here("squeue -h").output.empty(); }, seconds);
    }
    std::string logs() const { return here("head -n 60 jobs/*.txt; squeue; tail -n 20 slurmctld.log").output; }
};

std::size_t parts_in(const std::string& folder)
{
    std::error_code ignored;
    std::size_t n = 0;
    for (fs::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored)) n += entry->path().extension() == ".part" ? 1 : 0;
    return n;
}

TEST_F(Cluster, MakesWhatOneMachineMakesThoughATaskIsStopped)
{
    write_file(path("it's.toml"), "title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\nruns = 40\nagents = { firms = 8, banks = 4, elites = 8 }\n");
    const std::string of = "slurm \"it's.toml\" --runs 30000 --set 'horizon = \"2027Q1\"' --drivers none --readings none --cores 1 --time 2 --rate 10000";
    const Ran made = run(of + " --nodes 3 --result r.h5 --out jobs");
    ASSERT_EQ(made.code, 0) << made.err;
    EXPECT_TRUE(made.out.find("sh jobs/submit.sh\n") != std::string::npos) << made.out;
    const entente::Ran submitted = here("sh jobs/submit.sh");
    ASSERT_EQ(submitted.code, 0) << submitted.output;
    const std::string array = split(submitted.output, ' ')[1];
    ASSERT_TRUE(waits_for([&] { return parts_in(path("r.2-of-3.parts")) > 0; }, 120)) << logs();
    EXPECT_EQ(here("scancel --signal=TERM " + array + "_2").code, 0); // what --signal=TERM does before the time limit
    ASSERT_EQ(run("run \"it's.toml\" --runs 30000 --set 'horizon = \"2027Q1\"' --drivers none --readings none --out whole.h5").code, 0);
    ASSERT_TRUE(queue_empties(300)) << logs();
    EXPECT_EQ(run("diff whole.h5 r.h5").code, 0) << logs();
    const std::string stopped = read_file(path("jobs/array-2.txt")), left_alone = read_file(path("jobs/array-3.txt"));
    EXPECT_NE(stopped.find("start 1: stopped in time; queues again"), std::string::npos) << stopped;
    EXPECT_NE(stopped.find("Interrupted after"), std::string::npos) << stopped;
    EXPECT_NE(stopped.find("all finished"), std::string::npos) << stopped;
    EXPECT_EQ(left_alone.find("queues again"), std::string::npos) << left_alone;
}

TEST_F(Cluster, MakesTheSameByMpi)
{
    const std::string program = (fs::path(PROGRAM).parent_path() / "entente-mpi").string();
    if (!fs::exists(program)) GTEST_SKIP() << "SKIPPED LOUDLY: no job by MPI was handed to Slurm, because no program for it was built (apt-get install libopenmpi-dev openmpi-bin)";
    write_file(path("s.toml"), "title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2026Q4\"\nruns = 3000\nagents = { firms = 8, banks = 4, elites = 8 }\n");
    ASSERT_EQ(run("run s.toml --out whole.h5").code, 0);
    ASSERT_EQ(run("slurm s.toml --mpi --nodes 2 --cores 1 --time 2 --rate 10000 --result r.h5 --out jobs").code, 0);
    EXPECT_FALSE(fs::exists(path("jobs/array.sh")));
    ASSERT_EQ(here("cd jobs && sbatch --parsable mpi.sh").code, 0); // submit.sh would have the launcher look at the build
    ASSERT_TRUE(queue_empties(300)) << logs();
    EXPECT_EQ(run("diff whole.h5 r.h5").code, 0) << logs();
}

} // namespace
} // namespace entente
