package dev.sluice.cdk.cells;

import java.io.IOException;

/** Cuts a file into blocks of cells, one after the other. One thread uses it. */
public interface BlockSource extends AutoCloseable {
    /**
     * Fills a block with the next records. A block without any says that the next record may take a while, so that those
     * before it are handed on.
     *
     * @return false at the end of the file; the block is empty then
     * @throws dev.sluice.spi.problem.ProblemException if the file cannot be read any further
     */
    boolean next(CellBlock block) throws IOException;

    /** Where a record of the last block begins in the decoded text of the file; for the number of records, its end. */
    long offset(CellBlock block, int row);

    /** The number of the line in which a record of the last block begins, counted from 1. */
    long line(CellBlock block, int row);

    /** Where a record of the last block stands, for people: its line, and more where several records share a line. */
    default String place(CellBlock block, int row) {
        return Long.toString(line(block, row));
    }

    /** Lets go of the file. */
    @Override
    void close() throws IOException;
}
