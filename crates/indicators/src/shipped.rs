//! The definitions in `content/indicators`, embedded.

use crate::definition::Definition;

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../content/indicators/", $name)))),+]
    };
}

/// File name and text of every definition that ships, sorted by name.
pub const SHIPPED_FILES: &[(&str, &str)] = files![
    "DK-RTI-1.toml",
    "DK-RTI-5.toml",
    "DK-RTI-8.toml",
    "DK-RTI-9.toml",
    "EN-AWARE.toml",
    "EN-BROAD.toml",
    "EN-STARPU.toml",
    "EN-UTI3.toml",
    "EN-VOL.toml",
    "ESAC-1a.toml",
    "ESAC-2a.toml",
    "ESAC-3a.toml",
    "ESAC-3b.toml",
    "ESAC-3c.toml",
    "ESAC-7a.toml",
    "ESAC-BN.toml",
    "ESAC-DID-J01.toml",
    "ESAC-DID-J01C.toml",
    "ESAC-DID-J01D.toml",
    "ESAC-DID-J01F.toml",
    "ESAC-DID-J01M.toml",
    "ESAC-PCT-J01CE.toml",
    "ESAC-PCT-J01CR.toml",
    "ESAC-PCT-J01DD-DE.toml",
    "ESAC-PCT-J01MA.toml",
    "HEDIS-AAB.toml",
    "HEDIS-URI.toml",
    "NKI-AB-TOTAL.toml",
    "NKI-AB-USERS.toml",
    "NKI-UTI-FQ.toml",
    "NKI-UTI-USERS.toml",
    "P-BRONCH.toml",
    "P-CYST-3D.toml",
    "P-DDD-ITEM.toml",
    "P-DX-CONTACT.toml",
    "P-DX.toml",
    "P-OOH-PENV.toml",
    "P-RTI-RATE.toml",
    "P-WAIT-LATER.toml",
    "P-WAIT.toml",
    "RAK-PENV.toml",
    "RAK-RDR.toml",
    "RAK-VOL.toml",
    "SE-250.toml",
    "SE-Inf03b.toml",
    "SE-Inf04.toml",
    "SE-Inf07.toml",
    "SE-Inf11.toml",
    "SE-Inf15.toml",
    "SE-Inf21.toml",
    "SE-Inf24.toml",
    "SKIL-AB1.toml",
    "SKIL-AB3.toml",
    "SKIL-AB4.toml",
    "WHO-AWARE-ACCESS.toml",
    "WHO-AWARE-RESERVE.toml",
    "WHO-AWARE-WATCH.toml",
];

/// Every definition that ships, in the order of [`SHIPPED_FILES`].
///
/// # Panics
/// Never: a test of this crate reads every embedded file.
#[must_use]
pub fn shipped() -> Vec<Definition> {
    let read = |(name, text): &(&str, &str)| {
        Definition::parse(name, text).expect("embedded definitions are tested")
    };
    SHIPPED_FILES.iter().map(read).collect()
}
