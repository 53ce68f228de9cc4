package dev.sluice.connector.file.bytes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cdk.text.ByteSink;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Lines that are made record by record read like one text, however small the reader's blocks are. */
class RecordLinesTest {
    private final RecordLines lines = new RecordLines() {
        private int record;

        @Override
        protected boolean next(ByteSink target) {
            record++;
            if (record != 2) {
                byte[] line = ("record " + record + "\n").getBytes(UTF_8);
                target.put(line, 0, line.length);
            }
            return record < 3;
        }
    };

    @Test
    void recordsWithoutALineAreNoEndAndTheLastOneCounts() throws IOException {
        assertThat(new String(lines.readAllBytes(), UTF_8)).isEqualTo("record 1\nrecord 3\n");
        assertThat(lines.read()).isEqualTo(-1);
    }

    @Test
    void blocksOfAnySizeGiveTheSameText() throws IOException {
        ByteSink all = new ByteSink(64);
        byte[] block = new byte[4];
        assertThat(lines.read(block, 0, 0)).isZero();
        int count = lines.read(block, 1, 3);
        while (count >= 0) {
            all.put(block, 1, count);
            count = lines.read(block, 1, 3);
        }
        assertThat(new String(all.bytes(), 0, all.size(), UTF_8)).isEqualTo("record 1\nrecord 3\n");
    }
}
