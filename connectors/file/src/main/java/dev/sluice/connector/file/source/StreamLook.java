package dev.sluice.connector.file.source;

import dev.sluice.connector.file.csv.CsvLayout;
import dev.sluice.connector.file.input.FileFormat;
import dev.sluice.connector.file.json.JsonFraming;
import dev.sluice.connector.file.xml.XmlPath;
import dev.sluice.spi.type.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's files look like.
 *
 * @param layout how they are to be read
 * @param fields the columns, in order
 * @param complete true if the sample was all there is, so that nothing unknown can come
 * @param rows how many rows there are, or {@link dev.sluice.spi.catalog.Estimate#UNKNOWN}
 * @param note what was found, for people
 */
record StreamLook(Layout layout, List<Field> fields, boolean complete, long rows, String note) {
    StreamLook {
        fields = List.copyOf(fields);
    }

    /**
     * How files are to be read.
     *
     * @param format the kind of file
     * @param csv the layout of files that are rows of cells, or null
     * @param json where the records of files stand that are records of JSON, or become such; or null
     * @param records which elements of XML files are records, or null
     * @param sheet the sheet of workbooks; empty for the first one that is shown, and for other files
     */
    record Layout(
            FileFormat format,
            @Nullable CsvLayout csv,
            @Nullable JsonFraming json,
            @Nullable XmlPath records,
            String sheet) {
        /** Files that are rows of cells. */
        static Layout ofRows(FileFormat format, CsvLayout csv) {
            return new Layout(format, csv, null, null, "");
        }

        /** Files that are records of JSON. */
        static Layout ofJson(FileFormat format, JsonFraming json) {
            return new Layout(format, null, json, null, "");
        }

        /** Files that tell all by themselves. */
        static Layout ofTypes(FileFormat format) {
            return new Layout(format, null, null, null, "");
        }

        XmlPath recordElements() {
            if (records == null) {
                throw new IllegalStateException("the files are no XML");
            }
            return records;
        }

        CsvLayout csvLayout() {
            if (csv == null) {
                throw new IllegalStateException("the files are no rows of cells");
            }
            return csv;
        }

        JsonFraming framing() {
            if (json == null) {
                throw new IllegalStateException("the files are no JSON");
            }
            return json;
        }
    }
}
