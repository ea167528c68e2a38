@NullMarked
package io.perpetua.adapters.documents.markup;

import org.jspecify.annotations.NullMarked;
