package dev.sluice.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How large the parts of a file are that are read side by side. */
final class RangeSizeTest {
    private static final long LEAST = 64L << 20;

    @Test
    void smallFilesHaveRangesOfTheUsualSize() {
        assertThat(ReadPlanner.rangeBytes(LEAST, 200L << 20, 2)).isEqualTo(LEAST);
    }

    /** Each range ends with a commit: two processors need six of them, not twenty-four. */
    @Test
    void largeFilesHaveFewLargeRanges() {
        assertThat(ReadPlanner.rangeBytes(LEAST, 1200L << 20, 2)).isEqualTo(200L << 20);
    }

    /** What a killed run has to do again stays bounded. */
    @Test
    void rangesHaveABound() {
        assertThat(ReadPlanner.rangeBytes(LEAST, 1L << 40, 2)).isEqualTo(4 * LEAST);
    }

    @Test
    void manyProcessorsGetRangesForAllOfThem() {
        assertThat(ReadPlanner.rangeBytes(LEAST, 1200L << 20, 16)).isEqualTo(LEAST);
    }
}
