// The rules that make a file open everywhere, checked on a file, not on the table.
#include "sample.hpp"
#include "store/layout.hpp"
#include <hdf5.h>
#include <hdf5_hl.h>
#include <set>

namespace entente {
namespace {

struct Layout : testing::Test {
    TemporaryFolder folder;
    hid_t file = -1;
    void SetUp() override
    {
        sample::write(folder / "a.h5", sample::scenario(300), Keep::agents);
        file = H5Fopen((folder / "a.h5").c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
        ASSERT_GE(file, 0);
    }
    void TearDown() override { H5Fclose(file); }
};

struct Seen {
    std::string path;
    hid_t object;
    H5O_type_t kind;
};

void each_object(hid_t file, const std::function<void(const Seen&)>& look)
{
    const auto visit = [](hid_t root, const char* name, const H5O_info_t* info, void* with) -> herr_t {
        const hid_t object = H5Oopen(root, name, H5P_DEFAULT);
        (*static_cast<const std::function<void(const Seen&)>*>(with))({name, object, info->type});
        return H5Oclose(object);
    };
    H5Ovisit2(file, H5_INDEX_NAME, H5_ITER_INC, visit, const_cast<std::function<void(const Seen&)>*>(&look), H5O_INFO_BASIC);
}

std::string text_attribute(hid_t object, const char* name)
{
    if (H5Aexists(object, name) <= 0) return "";
    const hid_t attribute = H5Aopen(object, name, H5P_DEFAULT), type = H5Aget_type(attribute);
    EXPECT_EQ(H5Tget_class(type), H5T_STRING) << name;
    EXPECT_EQ(H5Tis_variable_str(type), 0) << name << ": netCDF takes a text of variable length for NC_STRING, which CF's attributes are not";
    EXPECT_EQ(H5Tget_cset(type), H5T_CSET_UTF8) << name;
    std::string text(H5Tget_size(type), ' ');
    H5Aread(attribute, type, text.data());
    H5Tclose(type), H5Aclose(attribute);
    return text.c_str();
}

TEST_F(Layout, EveryAxisIsAttachedAndLabelled)
{
    std::size_t axes = 0;
    each_object(file, [&](const Seen& seen) {
        if (seen.kind != H5O_TYPE_DATASET) return;
        const hid_t space = H5Dget_space(seen.object);
        const int rank = H5Sget_simple_extent_ndims(space);
        hsize_t extent[8] = {};
        H5Sget_simple_extent_dims(space, extent, nullptr), H5Sclose(space);
        for (unsigned axis = 0; axis < static_cast<unsigned>(rank); ++axis, ++axes) {
            EXPECT_GT(extent[axis], 0u) << seen.path;
            char label[100] = "";
            H5DSget_label(seen.object, axis, label, sizeof label);
            EXPECT_NE(*label, 0) << seen.path;
            const std::string scale = seen.path.substr(0, seen.path.find('/') + 1) + label;
            if (scale == seen.path) EXPECT_GT(H5DSis_scale(seen.object), 0) << seen.path;
            else {
                const hid_t other = H5Dopen2(file, scale.c_str(), H5P_DEFAULT);
                EXPECT_GT(H5DSis_attached(seen.object, other, axis), 0) << seen.path << " axis " << axis;
                H5Dclose(other);
            }
        }
    });
    EXPECT_GT(axes, 80u);
}

TEST_F(Layout, TypesUnitsAndAttributes)
{
    EXPECT_EQ(text_attribute(file, "format"), "entente-result");
    EXPECT_EQ(H5Aexists(file, "Conventions"), 0) << "coordinates that are texts are none for CF";
    each_object(file, [&](const Seen& seen) {
        if (seen.kind != H5O_TYPE_DATASET) return;
        const std::string units = text_attribute(seen.object, "units"), meaning = text_attribute(seen.object, "long_name");
        EXPECT_TRUE(std::set<std::string>({"1", "year", "s"}).contains(units)) << seen.path << ": UDUNITS may not know " << units;
        EXPECT_NE(meaning, "") << seen.path;
        if (seen.path == "summary/mean") { EXPECT_EQ(meaning, "mean over runs; unit: see variable_unit"); }
        EXPECT_EQ(H5Aexists(seen.object, "_FillValue"), 0) << seen.path;
        const hid_t type = H5Dget_type(seen.object), creation = H5Dget_create_plist(seen.object), space = H5Dget_space(seen.object);
        const H5T_class_t kind = H5Tget_class(type);
        EXPECT_TRUE(kind == H5T_INTEGER || kind == H5T_FLOAT || kind == H5T_STRING) << seen.path;
        if (kind == H5T_STRING) {
            EXPECT_GT(H5Tis_variable_str(type), 0) << seen.path;
            EXPECT_EQ(H5Tget_cset(type), H5T_CSET_UTF8) << seen.path;
        } else if (H5Sget_simple_extent_ndims(space) > 0) {
            EXPECT_EQ(H5Pget_layout(creation), H5D_CHUNKED) << seen.path;
            unsigned flags = 0;
            EXPECT_GE(H5Pget_filter_by_id2(creation, H5Z_FILTER_FLETCHER32, &flags, nullptr, nullptr, 0, nullptr, nullptr), 0) << seen.path;
            EXPECT_EQ(H5Pget_nfilters(creation), 1) << seen.path;
        }
        H5D_fill_value_t fill;
        H5Pfill_value_defined(creation, &fill);
        EXPECT_NE(fill, H5D_FILL_VALUE_USER_DEFINED) << seen.path;
        H5Tclose(type), H5Pclose(creation), H5Sclose(space);
    });
}

TEST_F(Layout, InnerGroupsHoldNoDimensionsAndOrderIsTracked)
{
    std::set<std::string> groups;
    each_object(file, [&](const Seen& seen) {
        const bool in_leaf = seen.path.find('/') != std::string::npos && seen.path.find('/') == seen.path.rfind('/');
        EXPECT_EQ(in_leaf, seen.kind == H5O_TYPE_DATASET) << seen.path;
        if (seen.kind != H5O_TYPE_GROUP) return;
        groups.insert(seen.path);
        const hid_t creation = H5Gget_create_plist(seen.object);
        unsigned order = 0;
        H5Pget_link_creation_order(creation, &order);
        EXPECT_TRUE(order & H5P_CRT_ORDER_TRACKED) << seen.path;
        H5Pclose(creation);
    });
    EXPECT_EQ(groups, (std::set<std::string>{".", "agents", "provenance", "runs", "summary", "trajectories"}));
}

TEST_F(Layout, OutcomesExplainThemselves)
{
    const hid_t outcome = H5Dopen2(file, "runs/outcome", H5P_DEFAULT);
    std::uint8_t masks[8] = {}, values[8] = {};
    for (const auto& [name, into] : {std::pair{"flag_masks", masks}, {"flag_values", values}}) {
        const hid_t attribute = H5Aopen(outcome, name, H5P_DEFAULT);
        EXPECT_GE(H5Aread(attribute, H5T_NATIVE_UINT8, into), 0);
        H5Aclose(attribute);
    }
    EXPECT_TRUE(std::ranges::equal(masks, std::vector{7, 7, 7, 7, 7, 24, 24, 24}));
    EXPECT_TRUE(std::ranges::equal(values, std::vector{0, 1, 2, 3, 4, 0, 8, 16}));
    EXPECT_EQ(text_attribute(outcome, "flag_meanings"), "rupture estrangement transactional alignment alliance autonomous vassal western_turn");
    H5Dclose(outcome);
}

std::vector<float> column(hid_t file, const char* name)
{
    const hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT), space = H5Dget_space(dataset);
    std::vector<float> values(static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)));
    EXPECT_GE(H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), 0);
    H5Sclose(space), H5Dclose(dataset);
    return values;
}

TEST_F(Layout, TrajectoriesAndAgentsLieByQuarterThenRowThenRun)
{
    const std::size_t variables = describe().variables.size();
    std::size_t cells = 0;
    for (const std::uint32_t agents : agents_per_column(sample::scenario(1).counts)) cells += agents;
    const std::vector<float> trajectory = column(file, "trajectories/value"), agents = column(file, "agents/value");
    ASSERT_EQ(trajectory.size(), 144 * variables * 300);
    ASSERT_EQ(agents.size(), 144 * cells * 300);
    for (const std::size_t q : {0, 77, 143})
        for (const std::size_t run : {0, 127, 128, 299}) {
            const std::size_t v = variables - 1, c = cells - 1;
            EXPECT_EQ(trajectory[(q * variables + v) * 300 + run], static_cast<float>(static_cast<double>(run) + 0.001 * static_cast<double>(q) + 1000.0 * static_cast<double>(v)));
            EXPECT_EQ(agents[(q * cells + c) * 300 + run], -static_cast<float>(static_cast<double>(run) + 0.001 * static_cast<double>(q) + 1000.0 * static_cast<double>(c)));
        }
}

TEST(LayoutTable, ChunksAreWholeBlocksOfModestSize)
{
    const store::Extents extents{{"quarter", 144},   {"variable", 150},    {"level", 11},
                                 {"class", 5},       {"orientation", 3},   {"code", 32},
                                 {"event", 22},      {"run", 1'000'000},   {"parameter", 120},
                                 {"constant", 250},  {"structure", 14},    {"cell", 900},
                                 {"failure", 1000},  {"policy", 3},        {"outcome", 5},
                                 {"factor", 12},     {"point", 200},       {"replicate", 5000},
                                 {"first_run", 256}, {"wanted", 30},       {"driver", 4},
                                 {"arm", 13},        {"future", 100'000},  {"reading", 10'000},
                                 {"date", 5},        {"report_date", 5},   {"reported_variable", 18},
                                 {"analysis", 10},   {"observation", 200}, {"statistic", 20},
                                 {"step", 4000},     {"pair", 100'000},    {"drawn_from", 2}};
    for (const store::VariableText& variable : store::variables()) {
        const std::vector<std::string> dimensions = store::dimensions_of(variable);
        const std::vector<std::size_t> chunk = store::chunk_shape(variable, extents);
        std::size_t bytes = store::type_size(variable.type);
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            bytes *= chunk[i];
            EXPECT_TRUE(dimensions[i] != "run" || chunk[i] % block_runs == 0) << variable.name;
        }
        EXPECT_LE(bytes, 1u << 20) << variable.group << "/" << variable.name;
    }
}

} // namespace
} // namespace entente
