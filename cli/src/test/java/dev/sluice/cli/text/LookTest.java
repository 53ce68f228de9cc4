package dev.sluice.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LookTest {
    private static final Look IN_REPOSITORY = new Look(false, true, "./sluice");

    @Test
    void namesCommandsAsTheyAreTypedHere() {
        assertThat(IN_REPOSITORY.command("sluice sync shop.yaml")).isEqualTo("./sluice sync shop.yaml");
        assertThat(IN_REPOSITORY.command("psql shop")).isEqualTo("psql shop");
        assertThat(IN_REPOSITORY.commands("see `sluice plan` or `sluice doctor`; the file sluice.yaml"))
                .isEqualTo("see `./sluice plan` or `./sluice doctor`; the file sluice.yaml");
        assertThat(Look.BARE.commands("see `sluice plan`")).isEqualTo("see `sluice plan`");
    }
}
