package dev.sluice.airbyte.source;

import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.CellBlock;
import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.cdk.cells.JsonRecords;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The records of a stream, as they come from its feed, as blocks of cells. One thread uses it, except for {@link #close}. */
final class RecordBlocks implements BlockSource {
    /** After this long without a record, those that are there go on. */
    private static final long PAUSE_MILLIS = 1000;

    private final Feed feed;
    private final JsonRecords records;

    /** How many records came before the current block, and how many with it. */
    private long before;

    private long after;
    private final Deque<Covered> states = new ArrayDeque<>();
    private @Nullable String reached;

    /** A state, and how many records it covers. */
    private record Covered(long rows, String state) {}

    RecordBlocks(Feed feed, JsonColumns columns) {
        this.feed = feed;
        this.records = new JsonRecords(columns);
        feed.attach();
    }

    @Override
    public boolean next(CellBlock block) {
        before = after;
        try {
            return switch (feed.take(PAUSE_MILLIS)) {
                case Feed.Taken.Some(Chunk chunk) -> {
                    fill(block, chunk);
                    yield true;
                }
                case Feed.Taken.Nothing() -> {
                    block.begin(new byte[0], 0, true);
                    yield true;
                }
                case Feed.Taken.End() -> {
                    block.begin(new byte[0], 0, true);
                    yield false;
                }
            };
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Problem.of("E_CANCELLED", ProblemKind.CANCELLED, "the read was stopped")
                    .exception(stopped);
        }
    }

    private void fill(CellBlock block, Chunk chunk) {
        block.begin(chunk.bytes(), 0, false);
        for (int row = 0; row < chunk.rows(); row++) {
            int end = chunk.start(row + 1);
            records.add(block, chunk.start(row), end, end);
        }
        after = before + chunk.rows();
        String state = chunk.state();
        if (state != null) {
            states.add(new Covered(after, state));
        }
    }

    /** The last state that covers no more than so many records; null if there was none. */
    @Nullable
    String state(long rows) {
        Covered next = states.peek();
        while (next != null && next.rows <= rows) {
            reached = next.state;
            states.remove();
            next = states.peek();
        }
        return reached;
    }

    /** The number of the record, counted from 0. */
    @Override
    public long offset(CellBlock block, int row) {
        return before + row;
    }

    @Override
    public long line(CellBlock block, int row) {
        return before + row + 1;
    }

    @Override
    public String place(CellBlock block, int row) {
        return "record " + line(block, row);
    }

    @Override
    public void close() {
        feed.close();
    }
}
