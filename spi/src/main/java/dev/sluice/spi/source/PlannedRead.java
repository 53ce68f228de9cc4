package dev.sluice.spi.source;

/**
 * A plan together with what the source holds open so that the plan stays valid, such as a database snapshot that all
 * splits share.
 */
public interface PlannedRead extends AutoCloseable {
    /** The plan. For a resumed read it has the splits of the interrupted one, with the same ids. */
    ReadPlan plan();

    /** Lets go of what keeps the plan valid. Called once, after the last split reader was closed. */
    @Override
    void close();
}
