/** Tests of documents and their regions. */
@NullMarked
package io.perpetua.domain.vision;

import org.jspecify.annotations.NullMarked;
