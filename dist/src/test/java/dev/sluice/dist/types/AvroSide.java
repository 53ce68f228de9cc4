package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import dev.sluice.dist.types.Plans.Column;
import dev.sluice.testkit.file.AvroReading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Avro, written and read by its own library. The type of a column is its schema, a value what the library reads as JSON. */
final class AvroSide extends FileSide {
    AvroSide(Path folder) {
        super(folder);
    }

    @Override
    public String name() {
        return "avro";
    }

    @Override
    public List<NativeColumn> columns() {
        return AvroTypes.all();
    }

    /** The file tells them all. */
    @Override
    String declared(NativeColumn column) {
        return "";
    }

    @Override
    void write(Path file, Content content) throws IOException {
        List<Schema> types = content.columns().stream()
                .map(column -> new Schema.Parser().parse(column.type()))
                .toList();
        SchemaBuilder.FieldAssembler<Schema> fields =
                SchemaBuilder.record("samples").fields().requiredInt(ID);
        for (int i = 0; i < types.size(); i++) {
            fields = fields.name(content.names().get(i))
                    .type(optional(types.get(i)))
                    .noDefault();
        }
        Schema schema = fields.endRecord();
        try (DataFileWriter<GenericData.Record> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, file.toFile());
            int id = 1;
            for (List<@Nullable Sample> row : content.rows()) {
                GenericData.Record record = new GenericData.Record(schema);
                record.put(0, id++);
                for (int i = 0; i < types.size(); i++) {
                    Sample sample = row.get(i);
                    record.put(i + 1, sample == null ? null : value(types.get(i), sample));
                }
                writer.append(record);
            }
        }
    }

    private static Schema optional(Schema type) {
        List<Schema> branches = new ArrayList<>(List.of(Schema.create(Schema.Type.NULL)));
        branches.addAll(type.isUnion() ? type.getTypes() : List.of(type));
        return Schema.createUnion(branches);
    }

    private static Object value(Schema type, Sample sample) throws IOException {
        String json = sample.quoted() ? Facts.quoted(sample.input()) : sample.input();
        return new GenericDatumReader<>(type).read(null, DecoderFactory.get().jsonDecoder(type, json));
    }

    @Override
    List<Stored> read(Path folder, List<Column> columns) throws IOException {
        List<Stored> rows = new ArrayList<>();
        for (Path file : files(folder)) {
            rows.addAll(stored(AvroReading.read(file), columns));
        }
        return rows;
    }
}
