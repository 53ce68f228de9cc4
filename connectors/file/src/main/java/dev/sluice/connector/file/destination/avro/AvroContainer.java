package dev.sluice.connector.file.destination.avro;

import com.github.luben.zstd.Zstd;
import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.avro.AvroCodec;
import dev.sluice.connector.file.avro.AvroHeader;
import dev.sluice.connector.file.destination.columns.ColumnLayout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * What the files of a run have in common: how they begin, and what ends their blocks. All have the same mark, a digest of
 * the schema, so that the blocks of several files make one file when they are put one behind the other. Immutable.
 */
final class AvroContainer {
    private static final int SYNC_BYTES = 16;
    private static final int ZSTD_LEVEL = 3;

    /** Little slower than the fastest, and files are hardly larger than with the usual 6. */
    private static final int DEFLATE_LEVEL = 4;

    private final AvroCodec codec;
    private final byte[] header;
    private final byte[] sync;

    AvroContainer(ColumnLayout columns, AvroCodec codec) {
        this.codec = codec;
        byte[] schema = AvroSchemas.of(columns).toString().getBytes(StandardCharsets.UTF_8);
        this.sync = digest(schema);
        ByteSink out = new ByteSink(schema.length + 100);
        out.put(AvroHeader.magic());
        AvroCell.whole(out, 2);
        entry(out, "avro.schema", schema);
        entry(out, "avro.codec", codec.label().getBytes(StandardCharsets.UTF_8));
        AvroCell.whole(out, 0);
        out.put(sync);
        this.header = out.toBytes();
    }

    private static void entry(ByteSink out, String key, byte[] value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        AvroCell.run(out, name, 0, name.length);
        AvroCell.run(out, value, 0, value.length);
    }

    private static byte[] digest(byte[] schema) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(schema), SYNC_BYTES);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    byte[] header() {
        return header.clone();
    }

    int headerBytes() {
        return header.length;
    }

    /** A block of records. */
    byte[] block(ByteSink records, long count) {
        byte[] content = compressed(records);
        ByteSink block = new ByteSink(content.length + SYNC_BYTES + 20);
        AvroCell.whole(block, count);
        AvroCell.run(block, content, 0, content.length);
        block.put(sync);
        return block.toBytes();
    }

    private byte[] compressed(ByteSink records) {
        return switch (codec) {
            case NULL -> records.toBytes();
            case DEFLATE -> deflated(records);
            case ZSTANDARD -> Zstd.compress(records.toBytes(), ZSTD_LEVEL);
            case SNAPPY, XZ -> throw new IllegalStateException("this codec is only read");
        };
    }

    private static byte[] deflated(ByteSink records) {
        Deflater deflater = new Deflater(DEFLATE_LEVEL, true);
        try {
            deflater.setInput(records.bytes(), 0, records.size());
            deflater.finish();
            ByteSink out = new ByteSink(records.size() / 2 + 64);
            byte[] part = new byte[32 << 10];
            while (!deflater.finished()) {
                out.put(part, 0, deflater.deflate(part));
            }
            return out.toBytes();
        } finally {
            deflater.end();
        }
    }
}
