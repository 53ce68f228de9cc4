package dev.sluice.connector.file.destination;

import dev.sluice.connector.file.avro.AvroCodec;
import dev.sluice.connector.file.destination.avro.AvroFormat;
import dev.sluice.connector.file.destination.excel.ExcelFormat;
import dev.sluice.connector.file.destination.files.TargetFormat;
import dev.sluice.connector.file.destination.parquet.ParquetFormat;
import dev.sluice.connector.file.destination.place.Layout;
import dev.sluice.connector.file.destination.place.Place;
import dev.sluice.connector.file.destination.text.TextFormat;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.source.WrittenFiles;
import dev.sluice.connector.file.store.StoreAddress;
import dev.sluice.spi.destination.TargetName;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants.
 *
 * @param path the folder or file; null for standard output and for a store
 * @param store the place in a store; null if it is in none
 * @param isFile true if everything goes into one file
 * @param layout the folders below the path
 * @param dividing how the rows are divided into files
 * @param encoding how rows become bytes
 * @param metadata true if rows carry their metadata
 */
record DestinationSettings(
        @Nullable Path path,
        @Nullable StoreAddress store,
        boolean isFile,
        Layout layout,
        Dividing dividing,
        Encoding encoding,
        boolean metadata) {
    /** How the rows are divided into files. */
    record Dividing(long targetBytes, List<String> partitionBy) {
        Dividing {
            partitionBy = List.copyOf(partitionBy);
        }
    }

    /**
     * How rows become bytes.
     *
     * @param format the format
     * @param compression the compression by its name
     * @param delimiter what stands between the fields of CSV
     * @param header true if CSV files begin with the names of their columns
     */
    record Encoding(FileFormat format, String compression, char delimiter, boolean header) {
        TargetFormat target(boolean ordered) {
            return switch (format) {
                case PARQUET ->
                    new ParquetFormat(new ParquetFormat.Encoding(
                            compression.equals("none") ? "uncompressed" : compression, ordered));
                case AVRO -> new AvroFormat(ofAvro());
                case CSV -> new TextFormat(new TextFormat.Notation.Csv(delimiter, header), ofText());
                case EXCEL -> new ExcelFormat();
                case JSON_LINES, JSON, FIXED_WIDTH, XML ->
                    new TextFormat(new TextFormat.Notation.JsonLines(), ofText());
            };
        }

        /** The format of what is printed. */
        TextFormat printed() {
            return format == FileFormat.CSV
                    ? new TextFormat(new TextFormat.Notation.Csv(delimiter, header), ofText())
                    : new TextFormat(new TextFormat.Notation.JsonLines(), ofText());
        }

        private AvroCodec ofAvro() {
            return switch (compression) {
                case "none" -> AvroCodec.NULL;
                case "zstd" -> AvroCodec.ZSTANDARD;
                default -> AvroCodec.DEFLATE;
            };
        }

        /** The same for those who read the files. */
        WrittenFiles.Form written() {
            boolean text = format != FileFormat.PARQUET && format != FileFormat.AVRO && format != FileFormat.EXCEL;
            return new WrittenFiles.Form(format, text ? ofText() : Compression.NONE, delimiter, header);
        }

        private Compression ofText() {
            return Compression.valueOf(compression.toUpperCase(Locale.ROOT));
        }
    }

    /** Where a target lies. */
    Place place(TargetName name) {
        Path given = path;
        if (given == null) {
            throw new IllegalStateException("standard output and stores are no place on a disk");
        }
        if (!isFile) {
            return new Place(given, layout.folder(name), false);
        }
        Path folder = given.getParent();
        return new Place(folder == null ? given : folder, String.valueOf(given.getFileName()), true);
    }
}
