package dev.sluice.spi.workbench;

import java.util.List;

/**
 * What can be learnt of a test.
 *
 * @param schema what the records say of their schema
 * @param warnings what to look at
 * @param preview what a destination would get
 * @param made the streams that were made, where what is tried out makes streams; the first of them was read
 */
public record TestFindings(FoundSchema schema, List<TestWarning> warnings, TestPreview preview, List<String> made) {
    /** Copies the lists. */
    public TestFindings {
        warnings = List.copyOf(warnings);
        made = List.copyOf(made);
    }
}
