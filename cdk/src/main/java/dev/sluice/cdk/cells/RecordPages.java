package dev.sluice.cdk.cells;

import dev.sluice.cdk.json.Json;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.source.ReadContext;
import dev.sluice.spi.source.StreamRead;
import dev.sluice.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records that a service gives page by page, for connectors of web services: values go where the fields of their names are and are held to
 * their types, members without a field are left out, absent ones are null. One thread uses it.
 */
public final class RecordPages implements BlockSource {
    private final List<Field> fields;
    private final Pages pages;
    private final JsonRecords records;
    private long before;

    /** What the pages come from. */
    public interface Pages {
        /** The records of the next page; none at all if it has none; null at the end. */
        @Nullable
        List<Map<String, @Nullable Object>> next();
    }

    private RecordPages(List<Field> fields, Pages pages) {
        this.fields = fields;
        this.pages = pages;
        this.records = new JsonRecords(new JsonColumns(
                fields,
                name -> true,
                Set.copyOf(fields.stream().map(Field::name).toList())));
    }

    /**
     * The rows of a read.
     *
     * @param read what is read
     * @param pages its records, as maps of what {@link Json} makes of JSON
     * @param context the host of the reader
     * @param clock the clock of the host
     */
    public static BatchFiller rows(StreamRead read, Pages pages, ReadContext context, Clock clock) {
        List<Field> fields = read.schema().fields();
        List<Binding> bindings = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            bindings.add(new Binding.Spoken(i));
        }
        return new BatchFiller(
                new RecordPages(fields, pages),
                fields.size(),
                read.schema(),
                bindings,
                context,
                new BatchFiller.Place(read.stream().id().toString(), "", clock));
    }

    @Override
    public boolean next(CellBlock block) {
        before += block.rows();
        List<Map<String, @Nullable Object>> page = pages.next();
        List<byte[]> texts = new ArrayList<>();
        int length = 0;
        if (page != null) {
            for (Map<String, @Nullable Object> record : page) {
                byte[] text = Json.write(wanted(record)).getBytes(StandardCharsets.UTF_8);
                texts.add(text);
                length = Math.addExact(length, text.length);
            }
        }
        ByteSink bytes = new ByteSink(Math.max(16, length));
        texts.forEach(text -> bytes.put(text, 0, text.length));
        block.begin(bytes.bytes(), 0, false);
        int from = 0;
        for (byte[] text : texts) {
            records.add(block, from, from + text.length, from + text.length);
            from += text.length;
        }
        return page != null;
    }

    private Map<String, @Nullable Object> wanted(Map<String, @Nullable Object> record) {
        Map<String, @Nullable Object> wanted = new LinkedHashMap<>();
        for (Field field : fields) {
            wanted.put(field.name(), record.get(field.name()));
        }
        return wanted;
    }

    @Override
    public long offset(CellBlock block, int row) {
        return before + row;
    }

    /** The number of the record, counted from 1. */
    @Override
    public long line(CellBlock block, int row) {
        return before + row + 1;
    }

    @Override
    public void close() {
        // The pages belong to whoever made them.
    }
}
