package dev.sluice.connector.file.destination.excel;

import dev.sluice.cdk.sql.MetaColumn;
import dev.sluice.cdk.sql.RawIds;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.TimeText;
import dev.sluice.connector.file.destination.columns.FileColumn;
import dev.sluice.connector.file.destination.columns.RowMeta;
import dev.sluice.connector.file.destination.files.EndedFiles;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.RecordBatch;
import dev.sluice.spi.data.ValueChange;
import dev.sluice.spi.destination.WriteContext;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns rows into the rows of a sheet. One thread uses it. */
final class ExcelRows implements EndedFiles.Format {
    private final WriteJob job;
    private final WriteContext context;
    private final RawIds ids;
    private final RowMeta meta;
    private final boolean metadata;
    private final List<Cell> cells = new ArrayList<>();
    private final List<byte[]> letters = new ArrayList<>();
    private final ByteSink extractedAt = new ByteSink(32);
    private long written;

    /** A column of the sheet and the values of the batch that go there. */
    private static final class Cell {
        private final FileColumn column;
        private final @Nullable ExcelCell writer;
        private @Nullable Column values;

        Cell(FileColumn column) {
            this.column = column;
            DataType type = column.type();
            this.writer = type == null ? null : ExcelCell.of(type);
        }
    }

    ExcelRows(WriteJob job, WriteContext context) {
        this.job = job;
        this.context = context;
        this.metadata = job.rows().columns().metadata();
        this.ids = new RawIds(job.clock().millis());
        this.meta = new RowMeta(job.rows().stamp());
        job.rows().columns().columns().forEach(column -> cells.add(new Cell(column)));
        int columns = cells.size() + (metadata ? MetaColumn.values().length : 0);
        for (int i = 0; i < columns; i++) {
            letters.add(letters(i).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** The letters of a column, counted from 0. */
    static String letters(int column) {
        String last = String.valueOf((char) ('A' + column % 26));
        return column < 26 ? last : letters(column / 26 - 1) + last;
    }

    /** Writes the row with the names of the columns. */
    void header(ByteSink out) {
        List<String> names = new ArrayList<>();
        if (metadata) {
            for (MetaColumn column : MetaColumn.values()) {
                names.add(column.column());
            }
        }
        cells.forEach(cell -> names.add(cell.column.name()));
        out.put("<row r=\"1\">");
        for (int i = 0; i < names.size(); i++) {
            place(i, "1", out);
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
            ExcelText.cell(name, 0, name.length, out);
        }
        out.put("</row>");
    }

    private void place(int column, String row, ByteSink out) {
        out.put("<c r=\"");
        out.put(letters.get(column));
        out.put(row);
        out.put('"');
    }

    @Override
    public List<ValueChange> misfits(RecordBatch batch) {
        List<ValueChange> misfits = new ArrayList<>();
        for (Cell cell : cells) {
            ExcelCell writer = cell.writer;
            Column values = cell.column.isFilled() ? batch.column(cell.column.index()) : null;
            for (int row = 0; writer != null && values != null && row < batch.rows(); row++) {
                if (values.isPresent(row) && !writer.fits(values, row)) {
                    ValueChange.Reason reason = ValueChange.Reason.DESTINATION_FIELD_SIZE_LIMITATION;
                    misfits.add(new ValueChange(row, cell.column.field(), ValueChange.Change.NULLED, reason));
                }
            }
        }
        return misfits;
    }

    @Override
    public void bind(RecordBatch batch) {
        extractedAt.clear();
        TimeText.appendTimestamp(extractedAt, batch.extractedAt(), 0, true);
        meta.begin(batch);
        for (ValueChange change : misfits(batch)) {
            meta.add(change);
            context.changed(change.field(), change.change(), change.reason());
        }
        for (Cell cell : cells) {
            cell.values = cell.column.isFilled() ? batch.column(cell.column.index()) : null;
        }
        written += batch.rows();
        if (job.place().isFile() && written > ExcelFile.MOST_ROWS) {
            throw tooManyRows(job);
        }
    }

    static ProblemException tooManyRows(WriteJob job) {
        return Problem.of("E_EXCEL_ROWS", ProblemKind.CONFIG, "the stream has more rows than a sheet can hold")
                .at(job.place().toString())
                .because("a sheet holds " + ExcelFile.MOST_ROWS + " rows beneath the names of its columns")
                .fix("write to a folder, where the rows go on in the next workbook, or write csv")
                .exception();
    }

    /** Writes a row of the batch as the row of the sheet with this number. */
    void append(int row, int number, ByteSink out) {
        String digits = Integer.toString(number);
        out.put("<row r=\"");
        out.put(digits);
        out.put("\">");
        int column = 0;
        if (metadata) {
            for (MetaColumn each : MetaColumn.values()) {
                place(column++, digits, out);
                appendMeta(each, row, out);
            }
        }
        for (Cell cell : cells) {
            Column values = cell.values;
            ExcelCell writer = cell.writer;
            if (values != null && writer != null && values.isPresent(row) && writer.fits(values, row)) {
                place(column, digits, out);
                writer.write(values, row, out);
            }
            column++;
        }
        out.put("</row>");
    }

    private void appendMeta(MetaColumn column, int row, ByteSink out) {
        switch (column) {
            case RAW_ID -> {
                ids.next();
                byte[] text = new byte[RawIds.TEXT_LENGTH];
                ids.writeText(text, 0);
                ExcelText.cell(text, 0, text.length, out);
            }
            case EXTRACTED_AT -> ExcelText.cell(extractedAt.bytes(), 0, extractedAt.size(), out);
            case META -> {
                byte[] special = meta.isPlain() ? null : meta.special(row);
                byte[] json = special == null ? meta.plain() : special;
                ExcelText.cell(json, 0, json.length, out);
            }
            case GENERATION_ID -> out.put("><v>" + job.rows().stamp().generationId() + "</v></c>");
        }
    }

    @Override
    public ExcelFile begin(String path) {
        return new ExcelFile(job, path, this);
    }
}
