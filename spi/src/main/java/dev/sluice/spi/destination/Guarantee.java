package dev.sluice.spi.destination;

/** What a destination can promise about a row after crashes and retries. A plan shows it for each stream. */
public enum Guarantee {
    /** The row is there once: marker and data become visible in one commit (I2). */
    EXACTLY_ONCE("exactly once"),
    /** Writes may repeat, and repeating changes nothing: they are idempotent by key or by name. */
    IDEMPOTENT("exactly once by key"),
    /** The row is there at least once; a crash may leave it twice. */
    AT_LEAST_ONCE("at least once"),
    /** Nothing is kept. */
    NONE("not kept");

    private final String words;

    Guarantee(String words) {
        this.words = words;
    }

    /** The guarantee in words for people. */
    public String words() {
        return words;
    }
}
