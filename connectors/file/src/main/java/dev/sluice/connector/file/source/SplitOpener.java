package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.BatchFiller;
import dev.sluice.cdk.cells.Binding;
import dev.sluice.cdk.cells.BlockSource;
import dev.sluice.cdk.cells.FileRows;
import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.cdk.cells.TextWindow;
import dev.sluice.connector.file.avro.AvroHeader;
import dev.sluice.connector.file.avro.AvroRows;
import dev.sluice.connector.file.avro.AvroTypes;
import dev.sluice.connector.file.bytes.BoundedInput;
import dev.sluice.connector.file.csv.CsvHead;
import dev.sluice.connector.file.input.Coding;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.input.TextSample;
import dev.sluice.connector.file.json.JsonBlocks;
import dev.sluice.connector.file.json.JsonFraming;
import dev.sluice.connector.file.parquet.ParquetFacts;
import dev.sluice.connector.file.parquet.ParquetFiles;
import dev.sluice.connector.file.parquet.ParquetRows;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.runtime.ConnectorContext;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import dev.sluice.spi.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/** Opens the files of a stream's splits as batches. */
final class SplitOpener {
    /** How much of a file is looked at in order to find its header. */
    static final int HEAD_BYTES = 1 << 20;

    private static final int WINDOW_BYTES = 256 << 10;

    private final SourceSettings settings;
    private final FileAccess access;
    private final ParquetFiles parquet;
    private final StreamRead read;
    private final StreamLook.Layout layout;
    private final ConnectorContext context;

    SplitOpener(
            SourceSettings settings,
            FileAccess access,
            ParquetFiles parquet,
            StreamRead read,
            StreamLook.Layout layout,
            ConnectorContext context) {
        this.settings = settings;
        this.access = access;
        this.parquet = parquet;
        this.read = read;
        this.layout = layout;
        this.context = context;
    }

    FileAccess access() {
        return access;
    }

    /**
     * Opens a range of a file.
     *
     * @param offset where to go on in the file's text, or among its rows; 0 for the beginning of the range
     * @param line the number of the line there
     */
    FileRows open(SourceFile file, SplitPayload.Range range, long offset, long line, ReadContext reader) {
        try {
            return switch (layout.format()) {
                case CSV, FIXED_WIDTH, EXCEL -> rows(file, range, offset, line, reader);
                case JSON_LINES, JSON, XML -> json(file, range, offset, line, reader);
                case PARQUET -> parquet(file, range, offset, reader);
                case AVRO -> avro(file, range, offset, line, reader);
            };
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    private FileRows avro(SourceFile file, SplitPayload.Range range, long offset, long line, ReadContext reader)
            throws IOException {
        Coding coding =
                Probe.of(access, file, settings.reading(), 1024).sample().coding();
        InputStream input = coding.open(access, file, 0);
        AvroHeader header = AvroHeader.read(input);
        List<String> names = AvroTypes.columns(header.schema()).names();
        requireKnown(file, names);
        List<Binding> bindings = read.schema().fields().stream()
                .map(field -> binding(field, names.indexOf(field.name()), file))
                .toList();
        long from = Math.max(offset, Math.max(range.from(), header.length()));
        if (from > header.length()) {
            input.close();
            input = coding.open(access, file, from);
        }
        int mostBlockBytes = settings.reading().csv().maxRecordBytes();
        AvroRows.Part part = new AvroRows.Part(file.name(), from, range.to(), offset > 0 ? line : 0, mostBlockBytes);
        AvroRows.Shape shape = new AvroRows.Shape(read.schema(), bindings, reader, context.clock());
        return new AvroRows(input, header, part, shape);
    }

    private FileRows parquet(SourceFile file, SplitPayload.Range range, long offset, ReadContext reader) {
        ParquetFacts facts = parquet.facts(access, file);
        List<String> names = facts.fields().stream().map(Field::name).toList();
        requireKnown(file, names);
        List<Binding> bindings = read.schema().fields().stream()
                .map(field -> binding(field, names.indexOf(field.name()), file))
                .toList();
        long to = range.to() == SplitPayload.Range.END ? facts.rows() : range.to();
        ParquetRows.Shape shape = new ParquetRows.Shape(read.schema(), bindings, reader, context.clock());
        return parquet.open(access, file, Math.max(offset, range.from()), to, shape);
    }

    private BatchFiller rows(SourceFile file, SplitPayload.Range range, long offset, long line, ReadContext reader)
            throws IOException {
        TextSample sample =
                Probe.of(access, file, settings.reading(), HEAD_BYTES).sample();
        TextSample beginning = text().sample(file, sample, HEAD_BYTES);
        CsvHead head = RowForm.of(layout, settings.reading()).head(beginning, file.name());
        long begin = Math.max(offset, Math.max(range.from(), head.dataOffset()));
        long beginLine = offset > 0 ? line : Math.max(range.line(), head.dataLine());
        Origin origin = Origin.of(file, layout, head.names());
        return rows(origin, window(sample, file, begin, range), beginLine, reader);
    }

    private BatchFiller rows(Origin origin, TextWindow window, long line, ReadContext reader) {
        SourceFile file = origin.sourceFile();
        List<String> names = origin.columns();
        requireKnown(file, names);
        boolean[] selected = new boolean[names.size()];
        BitSet numbers = new BitSet();
        List<Binding> bindings = new ArrayList<>();
        for (Field field : read.schema().fields()) {
            int column = names.indexOf(field.name());
            if (column >= 0) {
                selected[column] = true;
                numbers.set(column, isChosen(field) && isNumber(field.type()));
            }
            bindings.add(binding(field, column, file));
        }
        BlockSource blocks =
                RowForm.of(layout, settings.reading()).blocks(window, line, selected, numbers, file.name());
        return filler(blocks, names.size(), bindings, reader, origin);
    }

    private BatchFiller json(SourceFile file, SplitPayload.Range range, long offset, long line, ReadContext reader)
            throws IOException {
        TextSample sample = Probe.of(access, file, settings.reading(), 1024).sample();
        long begin = Math.max(offset, range.from());
        long beginLine = offset > 0 ? line : Math.max(1, range.line());
        TextWindow window = window(sample, file, begin, range);
        return json(Origin.of(file, layout, List.of()), layout.framing(), window, beginLine, reader);
    }

    private BatchFiller json(Origin origin, JsonFraming framing, TextWindow window, long line, ReadContext reader) {
        SourceFile file = origin.sourceFile();
        List<Field> fields = read.stream().schema().fields().stream()
                .filter(field -> !isFileColumn(field))
                .toList();
        Set<String> chosen = new HashSet<>();
        fields.forEach(field -> {
            if (isChosen(field)) {
                chosen.add(field.name());
            }
        });
        Schema all = new Schema(fields);
        Predicate<String> wanted = name -> read.schema().indexOf(name).isPresent();
        JsonColumns columns = layout.format() == FileFormat.XML
                ? JsonColumns.ofTexts(fields, wanted)
                : new JsonColumns(fields, wanted, chosen);
        List<Binding> bindings = new ArrayList<>();
        for (Field field : read.schema().fields()) {
            OptionalInt column = all.indexOf(field.name());
            bindings.add(binding(field, column.orElse(-1), file));
        }
        JsonBlocks.Shape shape =
                new JsonBlocks.Shape(framing, columns, settings.reading().csv().maxRecordBytes());
        return filler(new JsonBlocks(window, line, shape, file.name()), columns.size(), bindings, reader, origin);
    }

    /**
     * Reads one record that was rejected, by the settings of now and the layout of its file.
     *
     * @param record its bytes
     */
    FileRows one(Origin origin, byte[] record, ReadContext reader) {
        TextWindow window = new TextWindow(new ByteArrayInputStream(record), 0, record.length + 1);
        return switch (origin.layout().format()) {
            case CSV, FIXED_WIDTH, EXCEL -> rows(origin, window, 1, reader);
            case JSON_LINES, JSON, XML -> json(origin, new JsonFraming.Sequence(), window, 1, reader);
            case PARQUET, AVRO ->
                throw new IllegalArgumentException("a record of such a file cannot be read without the file");
        };
    }

    private BatchFiller filler(
            BlockSource blocks, int columns, List<Binding> bindings, ReadContext reader, Origin origin) {
        BatchFiller.Place place = new BatchFiller.Place(origin.file(), origin.toJson(), context.clock());
        return new BatchFiller(blocks, columns, read.schema(), bindings, reader, place);
    }

    private TextWindow window(TextSample sample, SourceFile file, long begin, SplitPayload.Range range)
            throws IOException {
        InputStream text = text().open(file, sample, begin);
        boolean bounded = range.to() != SplitPayload.Range.END;
        return new TextWindow(
                bounded ? new BoundedInput(text, Math.max(0, range.to() - begin)) : text, begin, WINDOW_BYTES);
    }

    private FileText text() {
        return new FileText(access, settings.reading(), layout, parquet.copies());
    }

    private Binding binding(Field field, int column, SourceFile file) {
        if (column >= 0) {
            return new Binding.Cells(column, isChosen(field));
        }
        return switch (field.name()) {
            case FileColumns.URL -> new Binding.SameText(file.name());
            case FileColumns.MODIFIED ->
                file.modified() == SourceFile.UNKNOWN
                        ? new Binding.Missing()
                        : new Binding.SameMoment(file.modifiedMicros());
            default -> new Binding.Missing();
        };
    }

    private boolean isChosen(Field field) {
        return settings.chosenType(read.stream().id().name(), field.name()) != null;
    }

    private static boolean isNumber(DataType type) {
        return type instanceof DataType.IntType
                || type instanceof DataType.DecimalType
                || type instanceof DataType.FloatType;
    }

    private static boolean isFileColumn(Field field) {
        return FileColumns.FIELDS.contains(field);
    }

    /** A column that nobody knows must not get lost in silence. */
    private void requireKnown(SourceFile file, List<String> names) {
        Schema known = read.stream().schema();
        for (String name : names) {
            if (known.indexOf(name).isEmpty()) {
                throw unknownColumn(file, name);
            }
        }
    }

    private ProblemException unknownColumn(SourceFile file, String name) {
        return Problem.of(
                        "E_FILE_COLUMNS",
                        ProblemKind.DATA,
                        "the file has a column that the stream does not have: " + name)
                .at(file.name())
                .because("the stream's columns were found in a sample of its files, or before this file was there")
                .fix("discover the stream again; if that does not show the column, make the file a stream of its own")
                .exception();
    }
}
