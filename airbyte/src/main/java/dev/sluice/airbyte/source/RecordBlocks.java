package dev.sluice.airbyte.source;

import dev.sluice.airbyte.message.RecordChanges;
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

    /** A batch ends at the next state after so many records, or so long. */
    private static final long MANY_ROWS = 20_000;

    private static final long LONG_NANOS = 500_000_000;

    private final Feed feed;
    private final JsonRecords records;
    private final RecordChanges changes = new RecordChanges();

    /** What the current block lies in. */
    private @Nullable Chunk shown;

    /** How many records came before the current block, and how many with it. */
    private long before;

    private long after;
    private final Deque<Covered> states = new ArrayDeque<>();
    private @Nullable String last;

    /** The records that went on end here, so that there is a place to go on from. */
    private boolean endsHere;

    private long endedRows;
    private long endedNanos = System.nanoTime();

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
        if (shown != null) {
            feed.giveBack(shown);
            shown = null;
        }
        if (endsHere) {
            endsHere = false;
            endedRows = after;
            endedNanos = System.nanoTime();
            block.begin(new byte[0], 0, true);
            return true;
        }
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
        shown = chunk;
        block.begin(chunk.bytes(), 0, false);
        for (int row = 0; row < chunk.rows(); row++) {
            records.add(
                    block, chunk.members(), chunk.firstMember(row), chunk.firstMember(row + 1), chunk.start(row + 1));
        }
        chunk.metas().forEach((row, meta) -> changes.add(before + row, meta));
        after = before + chunk.rows();
        String state = chunk.state();
        if (state != null) {
            states.add(new Covered(after, state));
            last = state;
            endsHere = after - endedRows >= MANY_ROWS || System.nanoTime() - endedNanos >= LONG_NANOS;
        }
    }

    /** The state that covers so many records and no more; null if none does. */
    @Nullable
    String state(long rows) {
        String covering = null;
        Covered next = states.peek();
        while (next != null && next.rows <= rows) {
            covering = next.rows == rows ? next.state : covering;
            states.remove();
            next = states.peek();
        }
        return covering;
    }

    /** What the connector says that it did to values. */
    RecordChanges changes() {
        return changes;
    }

    /** The last state; null if there was none. */
    @Nullable
    String lastState() {
        return last;
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
