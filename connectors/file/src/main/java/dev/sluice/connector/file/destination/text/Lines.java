package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.sql.RowStamp;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.JsonText;
import dev.sluice.connector.file.destination.columns.ColumnLayout;
import dev.sluice.connector.file.destination.columns.FileColumn;
import dev.sluice.connector.file.destination.columns.RowMeta;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns rows into lines. One thread uses it. */
abstract class Lines {
    private final Cell[] cells;

    private Lines(List<Cell> cells) {
        this.cells = cells.toArray(Cell[]::new);
    }

    /** What a file begins with; may be empty. */
    abstract byte[] header();

    /** Adds the line of a row. */
    abstract void append(int row, LineSink out);

    /** Takes the next batch. */
    final void bind(RecordBatch batch) {
        for (Cell cell : cells) {
            cell.bind(batch);
        }
    }

    /** Lines of comma-separated values. */
    static Lines csv(ColumnLayout columns, RowStamp stamp, long millis, char delimiter, boolean header) {
        CsvNotation notation = new CsvNotation(delimiter);
        List<String> names = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        if (columns.metadata()) {
            addMeta(names, cells, notation, notation::append, stamp, millis);
        }
        addFields(columns, names, cells, notation);
        return new Csv(cells, names, notation, header);
    }

    /** Lines of JSON objects. */
    static Lines json(ColumnLayout columns, RowStamp stamp, long millis) {
        List<String> names = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        if (columns.metadata()) {
            addMeta(names, cells, JsonNotation.get(), (json, out) -> out.put(json), stamp, millis);
        }
        addFields(columns, names, cells, JsonNotation.get());
        boolean[] omitted = new boolean[cells.size()];
        int first = cells.size() - columns.columns().size();
        for (int i = first; i < omitted.length; i++) {
            FileColumn column = columns.columns().get(i - first);
            // A document may be null itself, which is told from no value by leaving the key out.
            omitted[i] = !column.isFilled() || column.type() instanceof DataType.JsonType;
        }
        return new JsonObjects(cells, names, omitted);
    }

    private static void addMeta(
            List<String> names,
            List<Cell> cells,
            Cells.Notation notation,
            MetaCells.Meta.Escaping escaping,
            RowStamp stamp,
            long millis) {
        for (MetaColumn meta : MetaColumn.values()) {
            names.add(meta.column());
            cells.add(
                    switch (meta) {
                        case RAW_ID -> notation.plain(new MetaCells.RawId(new RawIds(millis)));
                        case EXTRACTED_AT -> notation.plain(new MetaCells.ExtractedAt());
                        case META -> new MetaCells.Meta(new RowMeta(stamp), escaping);
                        case GENERATION_ID ->
                            new Cell.Constant(
                                    Long.toString(stamp.generationId()).getBytes(StandardCharsets.ISO_8859_1));
                    });
        }
    }

    private static void addFields(ColumnLayout columns, List<String> names, List<Cell> cells, Cells.Notation notation) {
        for (FileColumn column : columns.columns()) {
            names.add(column.name());
            DataType type = column.type();
            cells.add(type == null ? new Cell.Empty() : Cells.of(type, column.index(), notation));
        }
    }

    private static final class Csv extends Lines {
        private final Cell[] cells;
        private final byte delimiter;
        private final byte[] header;

        Csv(List<Cell> cells, List<String> names, CsvNotation notation, boolean withHeader) {
            super(cells);
            this.cells = cells.toArray(Cell[]::new);
            this.delimiter = notation.delimiter();
            ByteSink line = new ByteSink(256);
            if (withHeader) {
                for (int i = 0; i < names.size(); i++) {
                    if (i > 0) {
                        line.put(delimiter);
                    }
                    notation.append(names.get(i).getBytes(StandardCharsets.UTF_8), line);
                }
                line.put('\n');
            }
            header = line.toBytes();
        }

        @Override
        byte[] header() {
            return header.clone();
        }

        @Override
        void append(int row, LineSink out) {
            ByteSink buffer = out.buffer();
            for (int i = 0; i < cells.length; i++) {
                if (i > 0) {
                    buffer.put(delimiter);
                }
                Cell cell = cells[i];
                if (!cell.isNull(row)) {
                    cell.append(row, out);
                }
            }
            buffer.put('\n');
        }
    }

    private static final class JsonObjects extends Lines {
        private static final byte[] NULL = "null".getBytes(StandardCharsets.ISO_8859_1);
        private static final byte[] END = "}\n".getBytes(StandardCharsets.ISO_8859_1);

        private final Cell[] cells;
        private final byte[][] keys;
        private final boolean[] omitted;

        JsonObjects(List<Cell> cells, List<String> names, boolean[] omitted) {
            super(cells);
            this.cells = cells.toArray(Cell[]::new);
            this.keys = names.stream().map(JsonObjects::key).toArray(byte[][]::new);
            this.omitted = omitted;
        }

        private static byte[] key(String name) {
            ByteSink key = new ByteSink(64);
            JsonText.appendString(key, name);
            key.put(':');
            return key.toBytes();
        }

        @Override
        byte[] header() {
            return new byte[0];
        }

        @Override
        void append(int row, LineSink out) {
            ByteSink buffer = out.buffer();
            byte before = '{';
            for (int i = 0; i < cells.length; i++) {
                Cell cell = cells[i];
                boolean none = cell.isNull(row);
                if (none && omitted[i]) {
                    continue;
                }
                buffer.put(before);
                before = ',';
                buffer.put(keys[i]);
                if (none) {
                    buffer.put(NULL);
                } else {
                    cell.append(row, out);
                }
            }
            if (before == '{') {
                buffer.put('{');
            }
            buffer.put(END);
        }
    }
}
