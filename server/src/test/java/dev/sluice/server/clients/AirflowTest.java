package dev.sluice.server.clients;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator, the sensor, the trigger and the hook of the provider for Apache Airflow. */
@Tag("clients")
class AirflowTest {
    @TempDir
    Path directory;

    @Test
    void operatorsSensorsAndHooksRunWaitAndCancel() throws IOException, InterruptedException {
        try (ClientHouse house = new ClientHouse(directory).furnished()) {
            house.play("airflow_provider.py", "apache-airflow-providers-airbyte==6.2.0", "apache-airflow==3.3.2");
        }
    }
}
