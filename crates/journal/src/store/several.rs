//! One statement for several rows: the visible text, repeated.
//!
//! A text is prepared once for each number of rows, so the numbers are few: powers of two.

use super::value::Value;

/// Rows or values of one statement at most. A row has at most some 13 columns, and SQLite takes 32,766 values.
pub(super) const MOST: usize = 32;

/// How many of `count` rows go with the next statement.
pub(super) fn at_once(count: usize) -> usize {
    match count.min(MOST) {
        0 => 0,
        count => 1 << count.ilog2(),
    }
}

/// `… VALUES ($1, $2)` for so many rows: `… VALUES ($1, $2), ($3, $4)`.
pub(super) fn rows(text: &str, count: usize) -> String {
    let Some(at) = text.rfind("VALUES (") else {
        return text.to_owned();
    };
    let (head, row) = text.split_at(at + "VALUES ".len());
    // What stands in the brackets are values; what comes behind them is said once.
    let (row, tail) = row.split_at(row.find(')').map_or(row.len(), |end| end + 1));
    let width = numbers(row).max().unwrap_or(0);
    let rows: Vec<_> = (0..count)
        .map(|number| moved(row, number * width))
        .collect();
    format!("{head}{}{tail}", rows.join(", "))
}

/// `… IN ($2)` for these values: `… IN ($2, $3)`, and as many values. The last one fills up to a power of two.
pub(super) fn among(text: &str, values: &[Value]) -> (String, Vec<Value>) {
    let (Some(at), Some(last)) = (text.rfind("($"), values.last()) else {
        return (text.to_owned(), values.to_vec());
    };
    let (head, list) = text.split_at(at);
    let first = numbers(list).next().unwrap_or(1);
    let count = values.len().next_power_of_two();
    let places: Vec<_> = (first..first + count)
        .map(|place| format!("${place}"))
        .collect();
    let mut values = values.to_vec();
    values.resize(count, last.clone());
    (format!("{head}({})", places.join(", ")), values)
}

/// The numbers behind each `$`.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.split('$')
        .skip(1)
        .filter_map(|rest| split(rest).0.parse().ok())
}

/// The same with each number so much greater.
fn moved(text: &str, by: usize) -> String {
    let mut parts = text.split('$');
    let mut moved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = split(part);
        let number = number.parse::<usize>().unwrap_or(0) + by;
        moved += &format!("${number}{rest}");
    }
    moved
}

fn split(text: &str) -> (&str, &str) {
    let end = text.find(|character: char| !character.is_ascii_digit());
    text.split_at(end.unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_repeated_with_its_own_numbers_also_where_one_stands_twice() {
        let text = "INSERT INTO t (a, b, c, d) VALUES ($1, $2, 0, $1)";
        assert_eq!(rows(text, 1), text);
        let three =
            "INSERT INTO t (a, b, c, d) VALUES ($1, $2, 0, $1), ($3, $4, 0, $3), ($5, $6, 0, $5)";
        assert_eq!(rows(text, 3), three);
        let tail = "INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO NOTHING";
        assert_eq!(
            rows(tail, 2),
            "INSERT INTO t (a) VALUES ($1), ($2) ON CONFLICT (a) DO NOTHING"
        );
        let wide = "INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        assert!(rows(wide, 2).ends_with("($11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"));
    }

    #[test]
    fn a_list_is_filled_up_with_its_last_value() {
        let text = "SELECT a FROM t WHERE b = $1 AND c IN ($2)";
        let (list, values) = among(text, &[1i64.into(), 2i64.into(), 3i64.into()]);
        assert_eq!(
            list,
            "SELECT a FROM t WHERE b = $1 AND c IN ($2, $3, $4, $5)"
        );
        assert_eq!(values, [1i64, 2, 3, 3].map(Value::from));
        assert_eq!(
            among(text, &[7i64.into()]),
            (text.to_owned(), vec![7i64.into()])
        );
    }

    #[test]
    fn any_number_of_rows_goes_in_few_statements() {
        let mut counts = Vec::new();
        let mut rest = 75;
        while rest > 0 {
            counts.push(at_once(rest));
            rest -= at_once(rest);
        }
        assert_eq!(counts, [32, 32, 8, 2, 1]);
        assert_eq!(at_once(0), 0);
    }
}
