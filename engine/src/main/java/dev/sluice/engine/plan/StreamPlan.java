package dev.sluice.engine.plan;

import dev.sluice.engine.connection.StreamMode;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import java.util.List;

/**
 * What a run will do with one stream.
 *
 * @param mode the sync mode
 * @param read what is read
 * @param target what is written; its generation is settled when the run begins
 * @param preview what opening the target will do
 * @param maxWriters how many writers of the target may work side by side
 * @param notes what a person should know, a sentence each
 * @param drift what is to be done about a change of the stream at its source
 */
public record StreamPlan(
        StreamMode mode,
        StreamRead read,
        TargetSpec target,
        TargetPlan preview,
        int maxWriters,
        List<String> notes,
        StreamDrift drift) {
    public StreamPlan {
        notes = List.copyOf(notes);
    }

    /** The stream. */
    public StreamId stream() {
        return read.stream().id();
    }

    /** A digest of the selected fields and their types; an interrupted read goes on only with the same. */
    public String shape() {
        StringBuilder fields = new StringBuilder();
        for (Field field : read.schema().fields()) {
            fields.append(field.name())
                    .append('\0')
                    .append(field.type().notation())
                    .append('\0');
        }
        return Digests.sha1Hex(fields.toString());
    }
}
