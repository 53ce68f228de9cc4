package dev.sluice.testkit.host;

import dev.sluice.spi.data.ValueChange.Change;
import dev.sluice.spi.data.ValueChange.Reason;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.runtime.RejectedRecord;
import java.util.ArrayList;
import java.util.List;

/** The host of a writer under test. For the thread of the writer; what it kept can be read after it ended. */
public final class TestWriteContext implements WriteContext {
    private final List<RejectedRecord> rejects = new ArrayList<>();
    private final List<Changed> changes = new ArrayList<>();

    /**
     * A value that the destination altered.
     *
     * @param field the field
     * @param change what was done
     * @param reason why
     */
    public record Changed(String field, Change change, Reason reason) {}

    @Override
    public void reject(RejectedRecord record) {
        rejects.add(record);
    }

    @Override
    public void changed(String field, Change change, Reason reason) {
        changes.add(new Changed(field, change, reason));
    }

    /** The records that the destination rejected. */
    public List<RejectedRecord> rejects() {
        return List.copyOf(rejects);
    }

    /** The values that the destination altered, one entry each. */
    public List<Changed> changes() {
        return List.copyOf(changes);
    }
}
