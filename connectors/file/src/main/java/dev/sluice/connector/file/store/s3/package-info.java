/** Amazon S3 and the stores that speak its language, by Amazon's library. */
@NullMarked
package dev.sluice.connector.file.store.s3;

import org.jspecify.annotations.NullMarked;
