// Tables of what was observed, made by hand, for a run from 2025Q1 to 2049Q4.
#pragma once
#include "calibrate/observed.hpp"

namespace entente {

inline const std::string observed_header = "target,date,value,unit,sd,low,high,wrong,use,source,licence,note\n";

inline Observed read_seen(const std::string& rows, int horizon = 143) { return read_observed({measurement_csv(), "m.csv"}, {observed_header + rows, "o.csv"}, 44, horizon); }
inline std::string faults_of_seen(const std::string& rows, int horizon = 143)
{
    try {
        read_seen(rows, horizon);
    } catch (const ScenarioErrors& e) {
        return e.text;
    }
    return "";
}

} // namespace entente
