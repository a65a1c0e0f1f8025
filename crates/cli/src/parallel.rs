//! One function over many items on all cores, results in the items' order.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Cores that this process may use; one where the system does not say.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// Calls `work` for every item. After the first error no new item is begun, and that error is returned.
///
/// Which thread takes which item is chance; the result is not.
pub(crate) fn map<I: Sync, O: Send, E: Send>(
    items: &[I],
    work: impl Fn(&I) -> Result<O, E> + Sync,
) -> Result<Vec<O>, E> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<O, E>)>> = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..cores().min(items.len()) {
            scope.spawn(|| {
                while let Some((index, item)) = take(&next, items) {
                    let result = work(item);
                    if result.is_err() {
                        next.store(items.len(), Ordering::Relaxed);
                    }
                    done.lock()
                        .expect("no worker panics while it holds the list")
                        .push((index, result));
                }
            });
        }
    });
    let mut done = done
        .into_inner()
        .expect("no worker panics while it holds the list");
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn take<'a, I>(next: &AtomicUsize, items: &'a [I]) -> Option<(usize, &'a I)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    items.get(index).map(|item| (index, item))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let items: Vec<u64> = (0..1000).collect();
        let doubled = map(&items, |item| Ok::<_, ()>(item * 2)).unwrap();
        assert!(
            doubled
                .iter()
                .enumerate()
                .all(|(index, value)| *value == 2 * index as u64)
        );
    }

    #[test]
    fn an_error_ends_the_work_and_comes_back() {
        let items: Vec<u64> = (0..1000).collect();
        let result = map(
            &items,
            |item| if *item == 5 { Err("five") } else { Ok(*item) },
        );
        assert_eq!(result, Err("five"));
    }

    #[test]
    fn nothing_to_do_is_done() {
        assert_eq!(
            map(&[] as &[u64], |item| Ok::<_, ()>(*item)),
            Ok(Vec::new())
        );
    }
}
