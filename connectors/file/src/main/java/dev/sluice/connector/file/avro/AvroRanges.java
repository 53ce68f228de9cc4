package dev.sluice.connector.file.avro;

import dev.sluice.connector.file.input.DamagedFileException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Divides a file on this machine into runs of blocks, going from block to block without reading what is in them. */
public final class AvroRanges {
    private static final int HEAD_BYTES = 20;

    private AvroRanges() {}

    /**
     * A run of blocks.
     *
     * @param from where the first one begins
     * @param to where the one behind the last begins
     * @param records how many records they say that they have
     */
    public record Range(long from, long to, long records) {}

    /**
     * Divides a file. One that is damaged is one range, so that whoever reads it says where.
     *
     * @param least how many bytes a range has at least
     * @param cancelled true once nobody wants the answer any more
     */
    public static List<Range> of(Path path, long least, BooleanSupplier cancelled) throws IOException {
        List<Range> ranges = new ArrayList<>();
        try (FileChannel file = FileChannel.open(path)) {
            long from = AvroHeader.read(new BufferedInputStream(Channels.newInputStream(file)))
                    .length();
            long at = from;
            long records = 0;
            AvroBytes head = new AvroBytes();
            while (at < file.size() && !cancelled.getAsBoolean()) {
                ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES);
                file.read(bytes, at);
                head.take(bytes.array(), bytes.position());
                long count = head.whole();
                long size = head.whole();
                long next = at + head.position() + size + AvroHeader.SYNC_BYTES;
                if (count < 0 || size < 0 || next > file.size()) {
                    throw new DamagedFileException("the block at byte " + at + " ends behind the file");
                }
                at = next;
                records += count;
                if (at - from >= least || at == file.size()) {
                    ranges.add(new Range(from, at, records));
                    from = at;
                    records = 0;
                }
            }
        } catch (DamagedFileException toldByTheReader) {
            return List.of();
        }
        return ranges;
    }
}
