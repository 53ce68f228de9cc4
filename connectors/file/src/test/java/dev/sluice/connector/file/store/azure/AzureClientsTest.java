package dev.sluice.connector.file.store.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.file.store.AzureLogin;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.spi.problem.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the options and the environment say where a store is and who asks; without a server. */
class AzureClientsTest {
    private static final AzureLogin NOTHING = new AzureLogin(null, null, null, null, null);

    @Test
    void theEnvironmentIsAskedWhereTheConfigurationGivesNoCredentials() {
        Map<String, String> environment = Map.of(
                "AZURE_STORAGE_ACCOUNT", "its account",
                "AZURE_STORAGE_KEY", "its key",
                "AZURE_STORAGE_SAS_TOKEN", "its token");
        assertThat(AzureClients.completed(NOTHING, environment::get))
                .isEqualTo(new AzureLogin("its account", "its key", "its token", null, null));
        AzureLogin own = new AzureLogin("mine", null, "my token", null, null);
        assertThat(AzureClients.completed(own, environment::get)).isEqualTo(own);
        AzureLogin elsewhere = new AzureLogin("mine", null, null, null, "http://127.0.0.1:1/mine");
        assertThat(AzureClients.completed(elsewhere, environment::get)).isEqualTo(elsewhere);
    }

    @Test
    void theAddressMayNameTheAccount() {
        String hadoop = "lake@shop.dfs.core.windows.net";
        assertThat(AzureClients.open(hadoop, NOTHING).getAccountUrl()).isEqualTo("https://shop.blob.core.windows.net");
        AzureLogin account = new AzureLogin("shop", null, null, null, null);
        assertThat(AzureClients.open("lake", account).getAccountUrl()).isEqualTo("https://shop.blob.core.windows.net");
        assertThatThrownBy(() -> AzureClients.open("lake", NOTHING)).hasMessageContaining("account is not known");
    }

    @Test
    void aKeyThatIsNoneIsRefusedBeforeAnybodyIsAsked() {
        assertThatThrownBy(() -> AzureStore.open("lake", new AzureLogin("shop", "hidden!", null, null, null)))
                .hasMessageContaining("E_CONFIG")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void nobodyAtTheEndpointIsUnreachable() {
        AzureLogin nowhere = new AzureLogin("shop", "a2V5", null, null, "http://127.0.0.1:1/shop");
        try (ObjectStore store = AzureStore.open("lake", nowhere)) {
            assertThatThrownBy(() -> store.head("a"))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.problem().code()).isEqualTo("E_STORE_UNREACHABLE"));
        }
    }
}
