package dev.sluice.connector.file.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Addresses of stores. */
class StoreAddressTest {
    @Test
    void tellsTheKindTheBucketAndThePath() {
        assertThat(StoreAddress.parse("S3://lake/a/*.csv"))
                .isEqualTo(new StoreAddress(StoreKind.S3, "lake", "a/*.csv"));
        assertThat(StoreAddress.parse("sftp://ann@host:2022/~/a.csv"))
                .isEqualTo(new StoreAddress(StoreKind.SFTP, "ann@host:2022", "~/a.csv"))
                .hasToString("sftp://ann@host:2022/~/a.csv");
        assertThat(StoreAddress.parse("abfss://lake@shop.dfs.core.windows.net/a.csv"))
                .hasToString("azure://lake@shop.dfs.core.windows.net/a.csv");
        assertThat(StoreAddress.parse("s3://lake").path()).isEmpty();
        assertThat(StoreAddress.isStore("https://example.com/a.csv")).isFalse();
        assertThat(StoreAddress.isStore("a.csv")).isFalse();
    }

    @Test
    void refusesAddressesWithoutABucketAndWithPasswords() {
        assertThatThrownBy(() -> StoreAddress.parse("s3:///a.csv")).hasMessageContaining("no bucket");
        assertThatThrownBy(() -> StoreAddress.parse("sftp://ann:hidden@host/a.csv"))
                .hasMessageContaining("password")
                .hasMessageNotContaining("hidden");
    }
}
