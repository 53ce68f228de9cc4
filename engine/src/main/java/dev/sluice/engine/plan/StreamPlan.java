package dev.sluice.engine.plan;

import dev.sluice.engine.connection.RejectRules;
import dev.sluice.engine.connection.StreamMode;
import dev.sluice.engine.map.Mapping;
import dev.sluice.spi.catalog.FieldPath;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.TargetPlan;
import dev.sluice.spi.destination.TargetSpec;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import java.util.List;
import java.util.Objects;

/**
 * What a run will do with one stream.
 *
 * @param mode the sync mode
 * @param read what is read
 * @param target what is written; its generation is settled when the run begins
 * @param preview what opening the target will do
 * @param handling how its rows are handled on their way
 * @param notes what a person should know, a sentence each
 * @param drift what is to be done about a change of the stream at its source
 */
public record StreamPlan(
        StreamMode mode,
        StreamRead read,
        TargetSpec target,
        TargetPlan preview,
        Handling handling,
        List<String> notes,
        StreamDrift drift) {
    public StreamPlan {
        notes = List.copyOf(notes);
    }

    /**
     * How rows are handled on their way.
     *
     * @param maxWriters how many writers of the target may work side by side
     * @param rejects what becomes of records that cannot be moved as they are
     * @param mapping what is done to them before they are written
     * @param maxDeletedPercent how many of a hundred objects a mirror may remove
     */
    public record Handling(int maxWriters, RejectRules rejects, Mapping mapping, double maxDeletedPercent) {
        /** Rows that take no objects away. */
        public Handling(int maxWriters, RejectRules rejects, Mapping mapping) {
            this(maxWriters, rejects, mapping, 0);
        }

        public Handling {
            Objects.requireNonNull(rejects);
            Objects.requireNonNull(mapping);
        }
    }

    /** The sync mode in the words of a project file. */
    public String modeKey() {
        return target.object() == null ? mode.key() : mode.objectKey();
    }

    /** How many writers of the target may work side by side. */
    public int maxWriters() {
        return handling.maxWriters();
    }

    /** What becomes of records that cannot be moved as they are. */
    public RejectRules rejects() {
        return handling.rejects();
    }

    /** What is done to its rows before they are written. */
    public Mapping mapping() {
        return handling.mapping();
    }

    /** The fields that tell rows apart, by their names at the destination; empty if nobody knows. */
    public List<FieldPath> key() {
        return target.object() == null
                ? StreamMapping.renamed(read.primaryKey(), mapping())
                : target.mode().primaryKey();
    }

    /** The stream. */
    public StreamId stream() {
        return read.stream().id();
    }

    /** A digest of the selected fields and their types, and of what is done to them; an interrupted read goes on only with the same. */
    public String shape() {
        StringBuilder fields = new StringBuilder();
        for (Field field : read.schema().fields()) {
            fields.append(field.name())
                    .append('\0')
                    .append(field.type().notation())
                    .append('\0');
        }
        return Digests.sha1Hex(fields.append(mapping().signature()).toString());
    }
}
