/// The configurator.
pub struct ConfigureMessages {
    /// Button.
    pub undo: &'static str,
    /// Button.
    pub redo: &'static str,
    /// Button.
    pub start_over: &'static str,
}

pub(super) const EN: ConfigureMessages = ConfigureMessages {
    undo: "Undo",
    redo: "Redo",
    start_over: "Start over",
};

pub(super) const NL: ConfigureMessages = ConfigureMessages {
    undo: "Ongedaan maken",
    redo: "Opnieuw",
    start_over: "Opnieuw beginnen",
};
