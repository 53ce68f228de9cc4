package dev.sluice.connector.file.destination.files;

import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FormatTypes;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.spi.destination.WriteContext;
import java.util.List;

/** A format that targets are written in. May be used by several threads. */
public interface TargetFormat extends AutoCloseable {
    /** How it holds values. */
    FormatTypes types();

    /** What the names of its files end in. */
    String extension();

    /** Loads what it needs, to see whether it is there. */
    void load();

    /**
     * Refuses columns that it cannot write.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG}
     */
    void requireColumns(ColumnLayout columns);

    /**
     * Begins to write.
     *
     * @param continues true if the rows go on in a file whose beginning is committed
     */
    RowFiles open(WriteJob job, WriteContext context, boolean continues);

    /** Writes a file that has the columns and no row. */
    DataFile empty(WriteJob job);

    /**
     * Makes fewer and larger files of the files of a run that is about to be published. The old ones stay.
     *
     * @param single true if it has to be one file
     * @return the files that the content consists of; those that were joined are gone from it
     */
    List<DataFile> join(WriteJob job, List<DataFile> files, boolean single);

    @Override
    void close();
}
