package dev.sluice.connector.file.destination.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.destination.files.EndedFiles;
import dev.sluice.connector.file.destination.files.WriteJob;
import dev.sluice.connector.file.destination.manifest.DataFile;
import dev.sluice.connector.file.input.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A file that takes records. One thread uses it. */
final class AvroFile implements EndedFiles.RowFile {
    private static final int BLOCK_BYTES = 256 << 10;

    private final WriteJob job;
    private final String path;
    private final Path file;
    private final AvroContainer container;
    private final AvroRecords records;
    private final FileChannel channel;
    private final ByteSink block = new ByteSink(8 << 10);
    private long blockRows;
    private long rows;
    private long bytes;

    AvroFile(WriteJob job, String path, AvroContainer container, AvroRecords records) {
        this.job = job;
        this.path = path;
        this.file = job.place().unfinished(path);
        this.container = container;
        this.records = records;
        this.channel = job.disk().create(file);
        put(container.header());
    }

    @Override
    public void append(int row) {
        records.append(row, block);
        blockRows++;
        rows++;
        if (block.size() >= BLOCK_BYTES) {
            drain();
        }
    }

    private void drain() {
        if (blockRows > 0) {
            put(container.block(block, blockRows));
            block.clear();
            blockRows = 0;
        }
    }

    private void put(byte[] content) {
        job.disk().write(channel, file, ByteBuffer.wrap(content));
        bytes += content.length;
    }

    @Override
    public boolean isFull() {
        return bytes >= job.targetBytes();
    }

    @Override
    public DataFile end() {
        drain();
        job.disk().force(channel, file);
        close();
        return new DataFile(path, rows, bytes);
    }

    private void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw Problems.writing(file.toString(), failure);
        }
    }

    @Override
    public void discard() {
        close();
        job.disk().delete(file);
    }
}
