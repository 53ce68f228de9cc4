package dev.sluice.cli.torture;

/** The place in the scratch namespace where the rows of a stream land. */
public interface Landing {
    /**
     * What is there now.
     *
     * @throws dev.sluice.spi.problem.ProblemException if it cannot be read
     */
    Content content();

    /** Removes it, as if nothing had ever been written. */
    void remove();
}
