package dev.sluice.connector.file.source;

import dev.sluice.cdk.cells.JsonColumns;
import dev.sluice.connector.file.csv.CsvDialect;
import dev.sluice.connector.file.csv.CsvLayout;
import dev.sluice.connector.file.csv.CsvOptions;
import dev.sluice.connector.file.csv.CsvSniffer;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.input.TextSample;
import dev.sluice.connector.file.json.JsonFraming;
import dev.sluice.connector.file.json.JsonSniffer;
import dev.sluice.connector.file.parquet.ParquetFiles;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/** Looks at the files of a stream and tells how to read them and which columns they have. */
final class StreamInspector {
    /** How much of a file is looked at where only its layout is wanted. */
    private static final int LAYOUT_BYTES = 1 << 20;

    private final SourceSettings settings;
    private final ParquetFiles parquet;

    StreamInspector(SourceSettings settings, ParquetFiles parquet) {
        this.settings = settings;
        this.parquet = parquet;
    }

    /** How the files are to be read, by the first of them that is not empty. */
    StreamLook.Layout layout(String stream, FileAccess access, List<SourceFile> files) {
        return layout(
                stream, access, files, Math.min(LAYOUT_BYTES, settings.limits().sampleBytes()));
    }

    private StreamLook.Layout layout(String stream, FileAccess access, List<SourceFile> files, int bytes) {
        SourceFile file = files.getFirst();
        Probe first = Probe.of(access, file, settings.reading(), bytes);
        for (int i = 1; i < files.size() && isEmpty(first); i++) {
            file = files.get(i);
            first = Probe.of(access, file, settings.reading(), bytes);
        }
        return first.format() == FileFormat.EXCEL
                ? FileText.sheetLayout(access, file, settings.sheetOf(stream), settings.reading(), parquet.copies())
                : layout(file, first);
    }

    private static boolean isEmpty(Probe probe) {
        return probe.format() != FileFormat.PARQUET && probe.sample().bytes().length == 0;
    }

    private StreamLook.Layout layout(SourceFile file, Probe probe) {
        TextSample sample = probe.sample();
        SourceSettings.Reading reading = settings.reading();
        return switch (probe.format()) {
            case CSV -> StreamLook.Layout.ofRows(FileFormat.CSV, CsvInspection.layoutOf(sample, reading.csv()));
            case FIXED_WIDTH -> StreamLook.Layout.ofRows(FileFormat.FIXED_WIDTH, fixedLayout(file, sample));
            case JSON_LINES -> StreamLook.Layout.ofJson(FileFormat.JSON_LINES, new JsonFraming.Lines());
            case JSON ->
                StreamLook.Layout.ofJson(
                        FileFormat.JSON, JsonSniffer.framing(sample.bytes(), sample.isWhole(), reading.recordsPath()));
            case XML ->
                new StreamLook.Layout(
                        FileFormat.XML,
                        null,
                        new JsonFraming.Lines(),
                        FileText.recordElements(file, sample, reading),
                        "");
            case PARQUET, AVRO, EXCEL -> StreamLook.Layout.ofTypes(probe.format());
        };
    }

    private CsvLayout fixedLayout(SourceFile file, TextSample sample) {
        SourceSettings.Reading reading = settings.reading();
        if (reading.shapes().fixed().isEmpty()) {
            throw Problem.of(
                            "E_CONFIG", ProblemKind.CONFIG, "text of fixed width does not tell where its columns stand")
                    .at(file.name())
                    .fix("name the columns and their widths in `fixed_columns`")
                    .exception();
        }
        CsvDialect lines = CsvDialect.RFC_4180
                .withQuote(CsvDialect.NONE, CsvDialect.NONE)
                .withNewline(CsvSniffer.newline(sample.bytes(), 0));
        return new CsvLayout(lines, reading.csv().header() == CsvOptions.Header.PRESENT);
    }

    /**
     * Looks at a sample of the files.
     *
     * @param stream the stream's name
     * @param all its files, at least one
     */
    StreamLook look(String stream, FileAccess access, List<SourceFile> all) {
        List<SourceFile> files = Samples.files(all);
        int share = Samples.share(settings.limits().sampleBytes(), files.size());
        StreamLook.Layout layout = layout(stream, access, files);
        boolean everyFile = files.size() == all.size();
        StreamLook look = switch (layout.format()) {
            case CSV, FIXED_WIDTH, EXCEL -> lookAtRows(stream, access, files, share, everyFile);
            case JSON_LINES, JSON, XML -> lookAtJson(stream, access, files, everyFile, layout);
            case PARQUET -> lookAtParquet(stream, access, files, everyFile, layout);
            case AVRO -> lookAtAvro(stream, access, files, everyFile, layout);
        };
        if (look.fields().isEmpty()) {
            throw empty(all);
        }
        return new StreamLook(
                look.layout(), withChosenTypes(stream, look.fields()), look.complete(), look.rows(), look.note());
    }

    private static ProblemException empty(List<SourceFile> files) {
        return Problem.of("E_FILE_EMPTY", ProblemKind.CONFIG, "there is nothing in the file that could be a column")
                .at(
                        files.size() == 1
                                ? files.getFirst().name()
                                : files.getFirst().name() + " and others")
                .because("it is empty, or its sample holds no record that can be read")
                .fix("check the file and the options of its format; a first record that is very large needs"
                        + " `sample_bytes`")
                .exception();
    }

    private StreamLook lookAtRows(
            String stream, FileAccess access, List<SourceFile> files, int share, boolean everyFile) {
        StreamLook.Layout layout = layout(stream, access, files, Samples.beginning(access, files.getFirst(), share));
        FileText text = text(access, layout);
        CsvInspection inspection = new CsvInspection(RowForm.of(layout, settings.reading()));
        boolean complete = everyFile;
        for (SourceFile file : files) {
            int beginning = Samples.beginning(access, file, share);
            Probe probe = Probe.of(access, file, settings.reading(), beginning);
            requireFormat(file, probe, layout.format());
            TextSample sample = text.sample(file, probe.sample(), beginning);
            List<String> names = inspection.addBeginning(sample, file.name());
            complete &= sample.isWhole();
            if (text.isPlain(sample)) {
                Samples.furtherPlaces(access, file, beginning, share)
                        .forEach(lines -> inspection.addPlace(lines, names));
            }
        }
        String note = switch (layout.format()) {
            case FIXED_WIDTH -> "columns of fixed width";
            case EXCEL -> "Excel" + (layout.sheet().isEmpty() ? "" : ", sheet " + layout.sheet());
            case CSV, JSON, JSON_LINES, XML, PARQUET, AVRO ->
                layout.csvLayout().dialect().words();
        };
        return new StreamLook(
                layout,
                inspection.fields(),
                complete,
                Estimate.UNKNOWN,
                note + (layout.csvLayout().header() ? ", with a header" : ", without a header"));
    }

    private StreamLook lookAtJson(
            String stream, FileAccess access, List<SourceFile> files, boolean everyFile, StreamLook.Layout layout) {
        int share = Samples.share(settings.limits().sampleBytes(), files.size());
        boolean xml = layout.format() == FileFormat.XML;
        JsonSniffer sniffer = xml ? JsonSniffer.ofTexts() : new JsonSniffer();
        FileText text = text(access, layout);
        JsonFraming framing = layout.framing();
        boolean complete = everyFile;
        for (SourceFile file : files) {
            int beginning = Samples.beginning(access, file, share);
            Probe probe = Probe.of(access, file, settings.reading(), beginning);
            requireFormat(file, probe, layout.format());
            sniffer.add(text.sample(file, probe.sample(), beginning).bytes(), 0, true, framing);
            complete &= probe.sample().isWhole();
            if (framing instanceof JsonFraming.Lines && text.isPlain(probe.sample())) {
                Samples.furtherPlaces(access, file, beginning, share)
                        .forEach(lines -> sniffer.add(lines, 0, false, framing));
            }
        }
        requireRecords(sniffer, files.getFirst());
        List<Field> fields = new ArrayList<>(sniffer.fields());
        for (Field named : settings.namedColumns(stream)) {
            if (fields.stream().noneMatch(field -> field.name().equals(named.name()))) {
                fields.add(named);
            }
        }
        boolean mayHoldMore = !complete && settings.reading().keepsUnknownKeys();
        if (mayHoldMore && fields.stream().noneMatch(field -> field.name().equals(JsonColumns.EXTRA))) {
            fields.add(new Field(JsonColumns.EXTRA, new DataType.JsonType()));
        }
        String note = xml
                ? "XML, records are " + layout.recordElements().notation()
                : "JSON, framed as " + framing.notation();
        return new StreamLook(layout, fields, complete, Estimate.UNKNOWN, note);
    }

    private StreamLook lookAtParquet(
            String stream, FileAccess access, List<SourceFile> files, boolean everyFile, StreamLook.Layout layout) {
        for (SourceFile file : files) {
            requireFormat(file, Probe.of(access, file, settings.reading(), 1024), FileFormat.PARQUET);
        }
        TypedInspection inspection = new TypedInspection();
        inspection.addParquet(parquet, access, files);
        requireOwnTypes(stream, inspection.fields());
        return new StreamLook(layout, inspection.fields(), everyFile, inspection.rows(everyFile), inspection.note());
    }

    private StreamLook lookAtAvro(
            String stream, FileAccess access, List<SourceFile> files, boolean everyFile, StreamLook.Layout layout) {
        TypedInspection inspection = new TypedInspection();
        for (SourceFile file : files) {
            Probe probe = Probe.of(access, file, settings.reading(), LAYOUT_BYTES);
            requireFormat(file, probe, FileFormat.AVRO);
            inspection.addAvro(file, probe.sample());
        }
        requireOwnTypes(stream, inspection.fields());
        return new StreamLook(layout, inspection.fields(), everyFile, Estimate.UNKNOWN, inspection.note());
    }

    /** Where the files tell the types, nobody else does. */
    private void requireOwnTypes(String stream, List<Field> fields) {
        for (Field field : fields) {
            DataType chosen = settings.chosenType(stream, field.name());
            if (chosen != null && !chosen.equals(field.type())) {
                throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the type of this column cannot be chosen")
                        .at("types." + field.name())
                        .because("the file says that it is " + field.type().notation())
                        .fix("name the stream of another format in front of the column, as in stream." + field.name())
                        .exception();
            }
        }
    }

    private FileText text(FileAccess access, StreamLook.Layout layout) {
        return new FileText(access, settings.reading(), layout, parquet.copies());
    }

    private static void requireRecords(JsonSniffer sniffer, SourceFile file) {
        if (sniffer.goodRecords() == 0 && sniffer.badRecords() > 0) {
            throw Problem.of("E_JSON_RECORDS", ProblemKind.DATA, "no record of the sample is a JSON object")
                    .at(file.name())
                    .because(sniffer.badRecords() + " records were looked at")
                    .fix("give the right `format`, or the `records_path` that leads to the objects")
                    .exception();
        }
    }

    private static void requireFormat(SourceFile file, Probe probe, FileFormat format) {
        if (probe.format() != format && !isEmpty(probe)) {
            throw Problem.of("E_FILE_FORMAT", ProblemKind.CONFIG, "the files of a stream are of different kinds")
                    .at(file.name())
                    .because("it is " + probe.format().label() + " and the first file is " + format.label())
                    .fix("make a stream of each kind, or give the `format` of all of them")
                    .exception();
        }
    }

    private List<Field> withChosenTypes(String stream, List<Field> fields) {
        return fields.stream()
                .map(field -> {
                    DataType chosen = settings.chosenType(stream, field.name());
                    return chosen == null ? field : new Field(field.name(), chosen);
                })
                .toList();
    }
}
