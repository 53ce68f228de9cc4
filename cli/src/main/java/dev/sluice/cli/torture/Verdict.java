package dev.sluice.cli.torture;

/** What a scenario has shown. */
public enum Verdict {
    /** The destination holds what an undisturbed run leaves. */
    HELD("held"),
    /** It does not. */
    BROKEN("BROKEN"),
    /** No run came by the cut point, so nothing was disturbed. */
    NOT_PASSED("not passed"),
    /** Nothing can be said: the source changed meanwhile, or the undisturbed run failed. */
    UNPROVEN("proves nothing");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** The verdict for people. */
    public String words() {
        return words;
    }
}
