@NullMarked
package io.perpetua.adapters.documents.pdf;

import org.jspecify.annotations.NullMarked;
