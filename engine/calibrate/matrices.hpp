// Lists of numbers as matrices, for what calibration does with them by linear algebra.
#pragma once
#include <Eigen/Dense>

namespace entente {

/// As lists hold them: row after row.
using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;

} // namespace entente
