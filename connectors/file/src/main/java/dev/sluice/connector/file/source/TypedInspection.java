package dev.sluice.connector.file.source;

import dev.sluice.connector.file.avro.AvroHeader;
import dev.sluice.connector.file.avro.AvroTypes;
import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.Problems;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.connector.file.input.TextSample;
import dev.sluice.connector.file.parquet.ParquetFacts;
import dev.sluice.connector.file.parquet.ParquetFiles;
import dev.sluice.connector.file.parquet.ParquetTypes;
import dev.sluice.spi.catalog.Estimate;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Field;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the columns of files that tell their types themselves: Parquet and Avro. One thread uses it, for one stream. */
final class TypedInspection {
    private final Map<String, DataType> types = new LinkedHashMap<>();
    private long rows;
    private long groups;
    private String note = "";

    /** Looks at Parquet files, which need not be all of the stream. */
    void addParquet(ParquetFiles parquet, FileAccess access, List<SourceFile> files) {
        for (SourceFile file : files) {
            ParquetFacts facts = parquet.facts(access, file);
            rows += facts.rows();
            groups += facts.groups().size();
            note = "Parquet, " + groups + (groups == 1 ? " row group" : " row groups");
            add(file, facts.fields());
        }
    }

    /** Looks at an Avro file. */
    void addAvro(SourceFile file, TextSample beginning) {
        try {
            AvroHeader header = AvroHeader.read(new ByteArrayInputStream(beginning.bytes()));
            note = "Avro, " + header.codec().label();
            add(file, AvroTypes.columns(header.schema()).fields());
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    private void add(SourceFile file, List<Field> fields) {
        for (Field field : fields) {
            DataType known = types.putIfAbsent(field.name(), field.type());
            if (known != null) {
                DataType common =
                        ParquetTypes.common(known, field.type()).orElseThrow(() -> different(file, field, known));
                types.put(field.name(), common);
            }
        }
    }

    private static ProblemException different(SourceFile file, Field field, DataType known) {
        return Problem.of("E_FILE_COLUMNS", ProblemKind.CONFIG, "the files of a stream have different types of columns")
                .at(file.name())
                .because("the column " + field.name() + " is " + field.type().notation() + " in this file and "
                        + known.notation() + " in others, and no type holds both")
                .fix("make the files streams of their own")
                .exception();
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>(types.size());
        types.forEach((name, type) -> fields.add(new Field(name, type)));
        return fields;
    }

    /** The rows of the stream, if all files were looked at. */
    long rows(boolean everyFile) {
        return everyFile ? rows : Estimate.UNKNOWN;
    }

    /** What was found, for people. */
    String note() {
        return note;
    }
}
