package dev.sluice.testkit.contract;

/** A fixture of a connector of which nobody has declared the gaps: a promise that is not kept is one. */
public interface GapFinder {
    /** Hears that a promise is not kept, which is no failure of a test then. */
    void found(Trait trait, String how);
}
