package dev.sluice.cli.session;

/** The signals that the operating system sends to the program, and its last resort. */
public interface Signals {
    /** No signals at all, for tests within one process. */
    Signals NONE = new Signals() {
        @Override
        public Runnable on(String name, Runnable action) {
            return () -> {};
        }

        @Override
        public void halt(int code) {
            throw new IllegalStateException("halted with " + code);
        }
    };

    /**
     * Calls an action at each arrival of a signal, such as {@code INT}, in place of what it does by default. Does nothing
     * where the signal does not exist.
     *
     * @return puts the default back
     */
    Runnable on(String name, Runnable action);

    /** Ends the process at once, without anything that would run at its end. */
    void halt(int code);
}
