package dev.sluice.connector.file.destination.files;

import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.place.Disk;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.spi.type.Schema;
import java.time.Clock;
import java.util.List;

/**
 * What the writers of a run have in common.
 *
 * @param disk the file system
 * @param place where the target lies
 * @param names gives out the paths of new files
 * @param rows what stands in the files
 * @param shape how large they get and how they are divided
 * @param clock the clock of the host
 */
public record WriteJob(Disk disk, Place place, NewFiles names, Rows rows, Shape shape, Clock clock) {
    /**
     * What stands in the files.
     *
     * @param columns the columns
     * @param schema the fields of the batches
     * @param stamp what each row carries
     */
    public record Rows(ColumnLayout columns, Schema schema, RowStamp stamp) {}

    /**
     * How large the files get and how they are divided.
     *
     * @param targetBytes the size at which a file ends
     * @param partitionBy the fields by whose values the files are divided
     * @param aside true if the files are not seen before the run is published, so that they may grow over several commits
     */
    public record Shape(long targetBytes, List<String> partitionBy, boolean aside) {
        public Shape {
            partitionBy = List.copyOf(partitionBy);
        }
    }

    /** The size at which a file ends. */
    public long targetBytes() {
        return shape.targetBytes();
    }

    /** True if the files are not seen before the run is published. */
    public boolean aside() {
        return shape.aside();
    }

    /** A new division into partitions, for one writer. */
    public Partitions partitions() {
        return Partitions.of(shape.partitionBy(), rows.schema());
    }

    /** The same without partitions. */
    public WriteJob undivided() {
        return new WriteJob(disk, place, names, rows, new Shape(shape.targetBytes(), List.of(), shape.aside()), clock);
    }
}
