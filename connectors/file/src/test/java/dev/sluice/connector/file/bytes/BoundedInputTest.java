package dev.sluice.connector.file.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A bounded stream ends at its bound or with the stream below it, and takes nothing from behind the bound. */
class BoundedInputTest {
    private final ByteArrayInputStream below = new ByteArrayInputStream(new byte[] {1, (byte) 0xFF, 3, 4, 5});

    @Test
    void endsAtItsBoundAndLeavesTheRest() throws IOException {
        BoundedInput input = new BoundedInput(below, 3);
        assertThat(input.read(new byte[8], 0, 1)).isEqualTo(1);
        assertThat(input.read()).isEqualTo(0xFF);
        assertThat(input.readAllBytes()).containsExactly(3);
        assertThat(input.read()).isEqualTo(-1);
        assertThat(below.readAllBytes()).containsExactly(4, 5);
    }

    @Test
    void endsWithTheStreamBelowIfThatIsEarlier() throws IOException {
        BoundedInput input = new BoundedInput(below, 9);
        assertThat(input.readAllBytes()).hasSize(5);
        assertThat(input.read()).isEqualTo(-1);
    }
}
