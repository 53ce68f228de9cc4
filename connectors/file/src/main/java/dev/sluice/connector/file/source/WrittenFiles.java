package dev.sluice.connector.file.source;

import dev.sluice.connector.file.csv.CsvDialect;
import dev.sluice.connector.file.csv.CsvOptions;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.TextEncoding;
import dev.sluice.spi.runtime.Config;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Files that a destination wrote, with what it knows of them, so that nothing needs to be guessed.
 *
 * @param stream what they are called as a stream
 * @param access the place that they lie in; stays open
 * @param folder what their names have in common, for messages
 * @param names the files
 * @param form how they are written
 * @param columns the columns that they have, in order, with the types of what was written into them
 */
public record WrittenFiles(
        String stream, FileAccess access, String folder, List<String> names, Form form, List<Field> columns) {
    public WrittenFiles {
        Objects.requireNonNull(access);
        names = List.copyOf(names);
        columns = List.copyOf(columns);
    }

    /**
     * How files are written.
     *
     * @param format the format
     * @param compression how text is compressed
     * @param delimiter what stands between the fields of CSV
     * @param header true if CSV files begin with the names of their columns
     */
    public record Form(FileFormat format, Compression compression, char delimiter, boolean header) {}

    StreamFiles files() {
        return new StreamFiles(new NamedFiles(access, names), folder, true, folder);
    }

    SourceSettings settings() {
        SourceSettings usual = SourceOptions.read(Config.of(Map.of("path", folder)));
        SourceSettings.Reading reading = usual.reading();
        CsvOptions csv = new CsvOptions(
                form.delimiter(),
                '"',
                CsvDialect.NONE,
                form.header() ? CsvOptions.Header.PRESENT : CsvOptions.Header.ABSENT,
                List.of(),
                0,
                reading.csv().maxRecordBytes());
        return new SourceSettings(
                Map.of(stream, folder),
                new SourceSettings.Reading(
                        form.format(),
                        form.compression(),
                        TextEncoding.UTF_8,
                        form.format() == FileFormat.EXCEL ? reading.csv() : csv,
                        List.of(),
                        reading.keepsUnknownKeys(),
                        reading.shapes()),
                types(),
                false,
                usual.limits());
    }

    /** Files that tell the types of their columns are believed. */
    private Map<String, DataType> types() {
        Map<String, DataType> types = new LinkedHashMap<>();
        if (form.format() != FileFormat.PARQUET && form.format() != FileFormat.AVRO) {
            columns.forEach(column -> types.put(stream + "." + column.name(), column.type()));
        }
        return types;
    }
}
