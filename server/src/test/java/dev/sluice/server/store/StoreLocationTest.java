package dev.sluice.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** Addresses of stores as people write them. */
class StoreLocationTest {
    @Test
    void credentialsAreTakenOutOfTheAddress() {
        StoreLocation location =
                StoreLocation.postgres("postgresql://me:p%40ss+word@db.example:6543/sluice?sslmode=require");
        assertThat(location)
                .isEqualTo(new StoreLocation.Postgres(
                        "jdbc:postgresql://db.example:6543/sluice?sslmode=require", "me", "p@ss+word"));
        assertThat(location.toString()).doesNotContain("p@ss");
    }

    @Test
    void anAddressMayComeAsJdbcHasItAndWithoutCredentials() {
        assertThat(StoreLocation.postgres("jdbc:postgresql://db.example/sluice"))
                .isEqualTo(new StoreLocation.Postgres("jdbc:postgresql://db.example/sluice", null, null));
    }

    @Test
    void whatIsNoAddressIsRefusedWithoutRepeatingIt() {
        for (String wrong : new String[] {"mysql://me:canary@db/x", "canary", "postgresql://me:ca nary@db/x"}) {
            assertThatThrownBy(() -> StoreLocation.postgres(wrong))
                    .isInstanceOfSatisfying(ProblemException.class, failure -> {
                        assertThat(failure.problem().code()).isEqualTo("E_CONTROL_URL");
                        assertThat(failure.problem().toString()).doesNotContain("nary");
                    });
        }
    }
}
