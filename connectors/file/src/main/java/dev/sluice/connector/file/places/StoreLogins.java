package dev.sluice.connector.file.places;

import dev.sluice.connector.file.store.S3Login;

/**
 * How to reach the stores; each kind has its own.
 *
 * @param s3 stores that speak S3
 */
public record StoreLogins(S3Login s3) {}
