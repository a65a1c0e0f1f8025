//! How sure: the doctor is the unit.
//!
//! Two parts add up. *The course doctors' own*: squares of what each differs from the common effect, corrected for its share of
//! the group (Bell and McCaffrey, Surv Methodol 2002;28:169), with their degrees of freedom. *The line's*: the sandwich over
//! comparison doctors (Liang and Zeger, Biometrika 1986;73:13). Degrees of freedom of the sum: Satterthwaite (Biom Bull 1946;2:110).
//! A single doctor (or fewer than five) shows no spread of one's own: it is taken from the comparison doctors'.

use super::expected::{After, Line, Square};

/// Fewest course doctors whose own spread is used.
const LEAST_FOR_OWN_SPREAD: usize = 5;

/// A variance with the degrees of freedom it is known with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Variance {
    pub(super) value: f64,
    pub(super) freedom: f64,
}

impl Variance {
    pub(super) fn plus(self, other: Variance) -> Variance {
        let value = self.value + other.value;
        let part = |it: Variance| it.value * it.value / it.freedom;
        let below = part(self) + part(other);
        let freedom = if below > 0.0 {
            value * value / below
        } else {
            self.freedom.min(other.freedom)
        };
        Variance { value, freedom }
    }
}

/// Of the effect `shift` that was found in `course`, as far as the course doctors themselves go.
pub(super) fn of_course(line: &Line, course: &[After], shift: f64, others: &[After]) -> Variance {
    let parts: Vec<(f64, f64)> = course.iter().map(|it| line.moved(it, shift)).collect();
    let total: f64 = parts.iter().map(|(_, grows)| grows).sum();
    let shares: Vec<f64> = parts.iter().map(|(_, grows)| grows / total).collect();
    if course.len() < LEAST_FOR_OWN_SPREAD {
        let spread = Spread::of(line, others);
        let value = parts
            .iter()
            .zip(&shares)
            .map(|((_, grows), share)| share * share * spread.of_one(*grows))
            .sum();
        return Variance {
            value,
            freedom: (others.len() as f64 - 2.0).max(1.0),
        };
    }
    let value = course
        .iter()
        .zip(&parts)
        .zip(&shares)
        .map(|((it, (mean, _)), share)| ((it.events - mean) / total).powi(2) / (1.0 - share))
        .sum();
    Variance {
        value,
        freedom: freedom(&shares),
    }
}

/// tr(G)² / tr(G²) of the quadratic form, if each doctor's variance goes with their share. Equal shares of n give n − 1.
fn freedom(shares: &[f64]) -> f64 {
    let squares: f64 = shares.iter().map(|it| it * it).sum();
    let beside: Vec<f64> = shares.iter().map(|it| it * it / (1.0 - it)).collect();
    let all: f64 = beside.iter().sum();
    let pairs: f64 = beside.iter().map(|it| it * (all - it)).sum();
    1.0 / (squares + pairs)
}

/// Of where the line lies at the course doctors' place.
pub(super) fn of_line(
    line: &Line,
    others: &[After],
    weights: &[f64],
    course: &[After],
    shift: f64,
) -> Option<Variance> {
    let (mut bread, mut filling) = (Square::default(), Square::default());
    let (mut sum, mut squares) = (0.0, 0.0);
    for (doctor, weight) in others.iter().zip(weights) {
        let (mean, grows) = line.moved(doctor, 0.0);
        let x = doctor.level - line.centre;
        bread.add(weight * grows, x);
        filling.add((weight * (doctor.events - mean)).powi(2), x);
        sum += weight;
        squares += weight * weight;
    }
    let (mut ahead, mut total) = ([0.0; 2], 0.0);
    for doctor in course {
        let grows = line.moved(doctor, shift).1;
        ahead = [
            ahead[0] + grows,
            ahead[1] + grows * (doctor.level - line.centre),
        ];
        total += grows;
    }
    let [a, b] = bread.solve([ahead[0] / total, ahead[1] / total], line.sloped)?;
    let parameters = if line.sloped { 2.0 } else { 1.0 };
    // Weights make some comparison doctors count more: so many equal ones would tell as much.
    let equal = sum * sum / squares;
    let freedom = (equal - parameters).max(1.0);
    let value =
        (a * a * filling.0 + 2.0 * a * b * filling.1 + b * b * filling.2) * (equal / freedom);
    Some(Variance { value, freedom })
}

/// How a doctor's result varies around the line: one part falls with size, one does not.
struct Spread {
    falling: f64,
    lasting: f64,
}

impl Spread {
    /// Two moments of the comparison doctors' distances from the line, solved for the two parts, none below zero.
    fn of(line: &Line, others: &[After]) -> Spread {
        let (mut by_size, mut by_square) = (0.0, 0.0);
        let (mut sizes, mut inverse) = (0.0, 0.0);
        let count = others.len() as f64;
        for doctor in others {
            let (mean, grows) = line.moved(doctor, 0.0);
            let square = (doctor.events - mean).powi(2);
            by_size += square / grows;
            by_square += square / (grows * grows);
            sizes += grows;
            inverse += 1.0 / grows;
        }
        let lost = count / (count - 2.0).max(1.0);
        let (by_size, by_square) = (by_size * lost, by_square * lost);
        let determinant = count * count - sizes * inverse;
        let falling = (by_size * count - sizes * by_square) / determinant;
        let lasting = (count * by_square - inverse * by_size) / determinant;
        if !(falling.is_finite() && lasting > 0.0) {
            return Spread {
                falling: by_size / count,
                lasting: 0.0,
            };
        }
        if falling < 0.0 {
            return Spread {
                falling: 0.0,
                lasting: by_square / count,
            };
        }
        Spread { falling, lasting }
    }

    fn of_one(&self, grows: f64) -> f64 {
        self.falling / grows + self.lasting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_doctors_have_one_degree_of_freedom_less_than_there_are() {
        assert!((freedom(&[0.1; 10]) - 9.0).abs() < 1e-9);
        assert!(
            freedom(&[0.5, 0.1, 0.1, 0.1, 0.1, 0.1]) < 3.0,
            "one large doctor tells little about spread"
        );
    }
}
