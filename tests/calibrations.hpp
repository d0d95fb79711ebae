// A small calibration: few agents, two targets, two parameters and one structure.
#pragma once
#include "calibrate/calibration.hpp"
#include "core/temporary_folder.hpp"
#include "property/jobs.hpp"
#include "write_file.hpp"
#include <string>

namespace entente {

inline const std::string small_equations =
    "target,channel,expression,over,relative_to,unit,transform,scale,centre,level,level_sd,slope,slope_sd,cuts,error_correlation,model_sd,identifies,conflict\n"
    "china,economic,trade_share_china,mean,,share,identity,direct,,,,,,,.5,.01,psi_C,\n"
    "india,economic,trade_share_india,mean,,share,identity,direct,,,,,,,0,.002,psi_I g_disc,\n";
inline const std::string small_values = "target,date,value,unit,sd,low,high,use,source,licence,note\n"
                                        "china,2016,.141,share,.01,,,fit,a,b,c\n"
                                        "china,2018,.157,share,.01,,,fit,a,b,c\n"
                                        "china,2020,.183,share,.01,,,fit,a,b,c\n"
                                        "china,2022,.225,share,.01,,,fit,a,b,c\n"
                                        "china,2023,.30,share,.01,,,check,a,b,c\n"
                                        "india,2016,.016,share,.003,,,fit,a,b,c\n"
                                        "india,2022,.046,share,.006,,,fit,a,b,c\n";
inline const std::string small_calibration_text = "title = \"Small\"\n"
                                                  "assumes = \"nothing\"\n"
                                                  "scenario = \"small.toml\"\n"
                                                  "targets = \"targets.csv\"\n"
                                                  "measurement = \"measurement.csv\"\n"
                                                  "[learn]\n"
                                                  "parameters = [\"psi_C\", \"psi_I\"]\n"
                                                  "structures = [\"dep\"]\n"
                                                  "[sampler]\n"
                                                  "chains = 2\n"
                                                  "particles = 100\n"
                                                  "draws = 60\n"
                                                  "least_acceptance = 0.1\n";
/// The same with a value a year, enough of them for a backtest.
inline std::string yearly_values()
{
    std::string values = small_values.substr(0, small_values.find("china,2018"));
    for (const char* row : {"2017,.15", "2018,.157", "2019,.166", "2020,.183", "2021,.18", "2022,.225"}) values += std::string("china,") + row + ",share,.01,,,fit,a,b,c\n";
    return values.insert(values.find("china,2016"), "china,2015,.12,share,.01,,,fit,a,b,c\n") + small_values.substr(small_values.find("india"));
}
/// Writes the four files and returns the path of the calibration.
inline std::string write_small_calibration(const TemporaryFolder& folder, const std::string& text = small_calibration_text, const std::string& values = small_values,
                                           const std::string& equations = small_equations)
{
    write_file(folder / "small.toml", "title = \"Small\"\nassumes = \"nothing\"\nhorizon = \"2024Q4\"\nagents = { firms = 8, banks = 4, elites = 8 }\n");
    write_file(folder / "targets.csv", values), write_file(folder / "measurement.csv", equations);
    return write_file(folder / "c.toml", text);
}
/// With fewer particles where tests take fewer runs.
inline Calibration small_calibration(const TemporaryFolder& folder)
{
    Calibration c = read_calibration(write_small_calibration(folder));
    c.particles = scaled(c.particles, 50);
    return c;
}

} // namespace entente
