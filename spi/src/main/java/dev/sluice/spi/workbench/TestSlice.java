package dev.sluice.spi.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slice.
 *
 * @param descriptor what it is, in JSON; null if the stream is not divided
 * @param state where the stream stands after it, in JSON; null if it did not end or the stream has no state
 * @param pages its pages
 * @param others what else was asked for while it was read
 */
public record TestSlice(
        @Nullable String descriptor, @Nullable String state, List<TestPage> pages, List<WireExchange> others) {
    /** Copies the lists. */
    public TestSlice {
        pages = List.copyOf(pages);
        others = List.copyOf(others);
    }
}
