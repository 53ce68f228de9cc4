package dev.sluice.dist.types;

import java.util.List;

/** A system that values come from, made without Sluice. */
interface Origin extends AutoCloseable {
    /** The table, or file, that the values come from. */
    String TABLE = "samples";

    /** The column that numbers the rows from 1. */
    String ID = "id";

    /** The word for it in project files and pages. */
    String name();

    /** The value of {@code connector} and {@code config} for it as a source. */
    String source();

    /** The name of the stream that {@link #create} makes. */
    String stream();

    /** The types that it knows. */
    List<NativeColumn> columns();

    /** Makes the table. */
    void create(Content content);

    @Override
    void close();
}
