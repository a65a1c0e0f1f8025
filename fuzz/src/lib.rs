//! What several fuzz targets share.

/// Lets the reader of Parquet catch the panics of its library, which it takes for a damaged file.
///
/// The fuzzer's own hook ends the process at every panic. Without it, a panic that nobody catches still ends the process, at the
/// border of the target.
pub fn let_panics_be_caught() {
    std::panic::set_hook(Box::new(|panic| {
        let library = panic
            .location()
            .is_some_and(|it| it.file().contains("/registry/"));
        if !library {
            eprintln!("{panic}");
        }
    }));
}
