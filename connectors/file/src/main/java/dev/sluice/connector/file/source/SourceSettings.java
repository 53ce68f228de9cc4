package dev.sluice.connector.file.source;

import dev.sluice.connector.file.csv.CsvOptions;
import dev.sluice.connector.file.fixed.FixedColumns;
import dev.sluice.connector.file.input.Compression;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.input.TextEncoding;
import dev.sluice.connector.file.input.WebFiles;
import dev.sluice.connector.file.places.StoreLogins;
import dev.sluice.connector.file.xml.XmlPath;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration says.
 *
 * @param streams the path or pattern of each stream, by its name
 * @param reading how files are read
 * @param types the types that the user chose, by {@code column} or {@code stream.column}
 * @param fileColumns whether rows tell their file; null to decide by the path
 * @param limits what is refused
 */
record SourceSettings(
        Map<String, String> streams,
        Reading reading,
        Map<String, DataType> types,
        @Nullable Boolean fileColumns,
        Limits limits) {
    SourceSettings {
        streams = Collections.unmodifiableMap(new LinkedHashMap<>(streams));
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
        Objects.requireNonNull(reading);
        Objects.requireNonNull(limits);
    }

    /**
     * How files are read; null stands for what is found in the files.
     *
     * @param format the kind of file
     * @param compression how files are compressed
     * @param encoding how text is encoded
     * @param csv what the user says about CSV files
     * @param recordsPath the keys that lead to the array of records in a JSON file
     * @param keepsUnknownKeys true to keep keys of JSON records that are no columns in one of their own, false to reject
     *     the record
     * @param shapes what the user says about kinds of files that do not tell it themselves
     */
    record Reading(
            @Nullable FileFormat format,
            @Nullable Compression compression,
            @Nullable TextEncoding encoding,
            CsvOptions csv,
            List<String> recordsPath,
            boolean keepsUnknownKeys,
            Shapes shapes) {
        Reading {
            recordsPath = List.copyOf(recordsPath);
        }

        private Reading with(Shapes others) {
            return new Reading(format, compression, encoding, csv, recordsPath, keepsUnknownKeys, others);
        }
    }

    /**
     * Where values stand in files that do not tell it themselves.
     *
     * @param fixed the columns of text whose columns have a fixed width
     * @param fixedOf the same of streams that have their own, by the names of the streams
     * @param recordElement which elements of XML files are records; null to find it
     * @param sheet the sheet of workbooks; empty for the first one that is shown
     * @param sheets the sheets of the workbooks of streams, by the names of the streams
     */
    record Shapes(
            FixedColumns fixed,
            Map<String, FixedColumns> fixedOf,
            @Nullable XmlPath recordElement,
            String sheet,
            Map<String, String> sheets) {
        Shapes {
            Objects.requireNonNull(fixed);
            fixedOf = Map.copyOf(fixedOf);
            sheets = Map.copyOf(sheets);
        }

        private Shapes with(FixedColumns own) {
            return new Shapes(own, Map.of(), recordElement, sheet, sheets);
        }
    }

    /** What holds for a stream, with the fixed columns that are its own. */
    SourceSettings of(String stream) {
        FixedColumns own = reading.shapes().fixedOf().get(stream);
        return own == null
                ? this
                : new SourceSettings(streams, reading.with(reading.shapes().with(own)), types, fileColumns, limits);
    }

    /** The sheet of the workbooks of a stream; empty for the first one that is shown. */
    String sheetOf(String stream) {
        return reading.shapes().sheets().getOrDefault(stream, reading.shapes().sheet());
    }

    /**
     * What is refused, and how much is looked at.
     *
     * @param sampleBytes how much of a stream is looked at in order to find its columns
     * @param maxFiles the most files of a stream
     * @param web how web servers are asked
     * @param stores how stores are reached
     */
    record Limits(int sampleBytes, int maxFiles, WebFiles.Settings web, StoreLogins stores) {}

    /** The columns of a stream that the user gave a type by the stream's name, in order. */
    List<Field> namedColumns(String stream) {
        List<Field> columns = new ArrayList<>();
        types.forEach((name, type) -> {
            if (name.startsWith(stream + ".")) {
                columns.add(new Field(name.substring(stream.length() + 1), type));
            }
        });
        return columns;
    }

    /** The type that the user chose for a column, or null. */
    @Nullable
    DataType chosenType(String stream, String column) {
        DataType exact = types.get(stream + "." + column);
        return exact != null ? exact : types.get(column);
    }
}
