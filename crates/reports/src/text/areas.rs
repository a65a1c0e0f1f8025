//! The files of words, one area of the portal each. A new area is three files and one line here.

/// Bokmål, nynorsk and English of one area.
macro_rules! area {
    ($name:literal) => {
        [
            include_str!(concat!("../../../../content/locales/", $name, ".nb.ftl")),
            include_str!(concat!("../../../../content/locales/", $name, ".nn.ftl")),
            include_str!(concat!("../../../../content/locales/", $name, ".en.ftl")),
        ]
    };
}

/// What a report says, what the guideline says, then the portal's areas. The languages stand in the order of [`super::Lang`].
pub(super) const ALL: &[[&str; 3]] = &[
    [
        include_str!("../../../../content/locales/nb.ftl"),
        include_str!("../../../../content/locales/nn.ftl"),
        include_str!("../../../../content/locales/en.ftl"),
    ],
    area!("advice"),
    area!("portal/base"),
    area!("portal/visit"),
    area!("portal/login"),
    area!("portal/statements"),
    area!("portal/guideline"),
    area!("portal/mine"),
    area!("portal/goal"),
    area!("portal/log"),
    area!("portal/prescriptions"),
    area!("portal/group"),
    area!("portal/course"),
    area!("portal/learning"),
    area!("portal/area"),
    area!("portal/uptake"),
    area!("portal/operator"),
    area!("portal/hooks"),
    area!("portal/prescribe"),
    area!("portal/order"),
    area!("portal/pharmacy"),
    area!("portal/research"),
    area!("portal/dispute"),
];
